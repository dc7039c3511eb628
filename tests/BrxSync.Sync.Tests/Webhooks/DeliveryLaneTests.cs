using BrxSync.Sync.Webhooks;
using static BrxSync.Sync.Tests.Webhooks.WebhookParts;

namespace BrxSync.Sync.Tests.Webhooks;

/// <summary>The deliveries of an account, one transaction after the other: none is lost, and none suffers for another.</summary>
public sealed class DeliveryLaneTests
{
    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    private readonly InboxStore _store = new();
    private readonly WebhookIntakeOptions _options = new();
    private readonly List<string> _failed = [];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeliveryLane Lane() =>
        new(new AccountId(Guid.Empty), Application(_store), _options, (delivery, _) => _failed.Add(delivery));

    private async Task<string[]> BegunAsync() => await _store.Begun.ReadAsync().AsTask().WaitAsync(RealTimeLimit);

    private static Task<DeliveryReceipt> EndOf(PendingDelivery delivery) => delivery.Receipt.WaitAsync(RealTimeLimit);

    /// <summary>Adds a delivery whose transaction is held until the test releases it, so that what is added now queues up.</summary>
    private async Task<PendingDelivery> HoldAsync(DeliveryLane lane)
    {
        var failing = _store.BeforeCommit;
        _store.BeforeCommit = rows => rows.Any(row => row.Id == "held") ? _release.Task : failing(rows);
        var held = UnknownDelivery("held");
        lane.TryAdd(held).ShouldBeTrue();
        (await BegunAsync()).ShouldBe(["held"]);
        return held;
    }

    private static PendingDelivery[] Add(DeliveryLane lane, params PendingDelivery[] deliveries)
    {
        deliveries.ShouldAllBe(delivery => lane.TryAdd(delivery));
        return deliveries;
    }

    [Fact]
    public async Task TryAdd_OneDelivery_IsAppliedAndTold()
    {
        var delivery = UnknownDelivery("a");

        Lane().TryAdd(delivery).ShouldBeTrue();

        (await EndOf(delivery)).ShouldBe(new DeliveryReceipt("a", DeliveryOutcome.UnknownCause));
        _store.CommittedIds.ShouldBe(["a"]);
    }

    [Fact]
    public async Task TryAdd_WhileATransactionIsUnderWay_TheNextTakesAllInTheirOrder()
    {
        var lane = Lane();
        var held = await HoldAsync(lane);
        var queued = Add(lane, UnknownDelivery("c"), UnknownDelivery("a"), UnknownDelivery("b"));
        queued.ShouldAllBe(delivery => !delivery.Receipt.IsCompleted);

        _release.SetResult();
        await Task.WhenAll([EndOf(held), .. queued.Select(EndOf)]);

        (await BegunAsync()).ShouldBe(["c", "a", "b"]);
        _store.Committed.Count.ShouldBe(2);
        _store.CommittedIds.ShouldBe(["held", "c", "a", "b"]);
    }

    [Fact]
    public async Task TryAdd_MoreThanABatch_AreTakenInSeveral()
    {
        _options.BatchSize = 2;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, [.. "abcde".Select(letter => UnknownDelivery(letter.ToString()))]);

        _release.SetResult();
        await Task.WhenAll(queued.Select(EndOf));

        _store.Committed.Select(rows => rows.Count).ShouldBe([1, 2, 2, 1]);
        _store.CommittedIds.ShouldBe(["held", "a", "b", "c", "d", "e"]);
    }

    [Fact]
    public async Task TryAdd_FullQueue_IsTurnedAwayAndNothingOfItIsStored()
    {
        _options.QueueLimit = 2;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, UnknownDelivery("a"), UnknownDelivery("b"));
        var refused = UnknownDelivery("c");

        lane.TryAdd(refused).ShouldBeFalse();
        _release.SetResult();
        await Task.WhenAll(queued.Select(EndOf));
        await EndOf(Add(lane, UnknownDelivery("d"))[0]);

        refused.Receipt.IsCompleted.ShouldBeFalse();
        _store.CommittedIds.ShouldBe(["held", "a", "b", "d"]);
    }

    [Fact]
    public async Task TryAdd_AfterTheQueueWasEmpty_BeginsAgain()
    {
        var lane = Lane();
        for (var i = 0; i < 200; i++)
        {
            await EndOf(Add(lane, UnknownDelivery($"{i}"))[0]);
        }

        _store.CommittedIds.ShouldBe(Enumerable.Range(0, 200).Select(i => $"{i}"));
    }

    [Fact]
    public async Task TryAdd_OneThatCannotBeApplied_IsFetchedInsteadAndTheOthersDoNotSuffer()
    {
        _store.BeforeCommit = rows => rows.Any(row => row.Id == "bad" && row.Outcome != DeliveryOutcome.FetchFirst)
            ? Task.FromException(new InvalidOperationException("odd"))
            : Task.CompletedTask;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, OrderDelivery("a"), OrderDelivery("bad"), OrderDelivery("b"));

        _release.SetResult();
        var receipts = await Task.WhenAll(queued.Select(EndOf));

        receipts.Select(receipt => receipt.Outcome)
            .ShouldBe([DeliveryOutcome.NothingToDo, DeliveryOutcome.FetchFirst, DeliveryOutcome.NothingToDo]);
        string[][] begun = [["a", "bad", "b"], ["a"], ["bad"], ["bad"], ["b"]];
        foreach (var deliveries in begun)
        {
            (await BegunAsync()).ShouldBe(deliveries);
        }

        _failed.ShouldBe(["bad"]);
    }

    [Fact]
    public async Task TryAdd_OneThatCannotBeAppliedNorFetched_FailsAlone()
    {
        var failure = new InvalidOperationException("odd");
        _store.BeforeCommit = rows => rows.Any(row => row.Id == "bad") ? Task.FromException(failure) : Task.CompletedTask;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, UnknownDelivery("a"), UnknownDelivery("bad"), OrderDelivery("b"));

        _release.SetResult();

        (await EndOf(queued[0])).Outcome.ShouldBe(DeliveryOutcome.UnknownCause);
        (await Should.ThrowAsync<InvalidOperationException>(() => EndOf(queued[1]))).ShouldBeSameAs(failure);
        (await EndOf(queued[2])).Outcome.ShouldBe(DeliveryOutcome.NothingToDo);
        _failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task TryAdd_OneThatCannotEvenBeFetched_FailsAndIsTriedTwice()
    {
        _store.BeforeCommit = _ => Task.FromException(new InvalidOperationException("odd"));
        var delivery = OrderDelivery("bad");

        Lane().TryAdd(delivery);

        await Should.ThrowAsync<InvalidOperationException>(() => EndOf(delivery));
        (await BegunAsync()).ShouldBe(await BegunAsync());
        _store.Begun.TryRead(out _).ShouldBeFalse();
        _store.Committed.ShouldBeEmpty();
    }

    public static TheoryData<Exception> Outages { get; } = [new DatabaseException(isTransient: true), new AccountUnknownException()];

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public async Task TryAdd_Outage_FailsTheWholeBatchAtOnceAndTheLaneGoesOn(Exception outage)
    {
        var isAway = true;
        _store.BeforeCommit = _ => isAway ? Task.FromException(outage) : Task.CompletedTask;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, OrderDelivery("a"), OrderDelivery("b"), OrderDelivery("c"));

        _release.SetResult();
        foreach (var delivery in queued)
        {
            (await Should.ThrowAsync<Exception>(() => EndOf(delivery))).ShouldBeSameAs(outage);
        }

        (await BegunAsync()).ShouldBe(["a", "b", "c"]);
        _store.Begun.TryRead(out _).ShouldBeFalse();
        _failed.ShouldBeEmpty();

        isAway = false;
        (await EndOf(Add(lane, OrderDelivery("a"))[0])).Outcome.ShouldBe(DeliveryOutcome.NothingToDo);
    }

    [Fact]
    public async Task TryAdd_OutageWhileABatchIsSplit_FailsOnlyThoseThatMeetIt()
    {
        _store.BeforeCommit = rows => rows.Count > 1
            ? Task.FromException(new InvalidOperationException("odd"))
            : rows[0].Id == "b" ? Task.FromException(new DatabaseException(isTransient: true)) : Task.CompletedTask;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, OrderDelivery("a"), OrderDelivery("b"), OrderDelivery("c"));

        _release.SetResult();

        await EndOf(queued[0]);
        await Should.ThrowAsync<DatabaseException>(() => EndOf(queued[1]));
        await EndOf(queued[2]);
        _store.CommittedIds.ShouldBe(["held", "a", "c"]);
    }

    [Fact]
    public async Task TryAdd_DatabaseRefusesOne_ItFailsAloneAndIsNotFetchedInstead()
    {
        _store.BeforeCommit = rows => rows.Any(row => row.Id == "bad")
            ? Task.FromException(new DatabaseException(isTransient: false))
            : Task.CompletedTask;
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, OrderDelivery("bad"), OrderDelivery("a"));

        _release.SetResult();

        await Should.ThrowAsync<DatabaseException>(() => EndOf(queued[0]));
        await EndOf(queued[1]);
        _failed.ShouldBeEmpty();
        _store.CommittedIds.ShouldBe(["held", "a"]);
    }

    [Fact]
    public async Task TryAdd_SameIdTwiceInABatchAndOnceLater_IsAppliedOnce()
    {
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, UnknownDelivery("a"), UnknownDelivery("a"));
        _release.SetResult();
        var receipts = await Task.WhenAll(queued.Select(EndOf));

        var later = await EndOf(Add(lane, UnknownDelivery("a"))[0]);

        receipts.Select(receipt => receipt.IsDuplicate).ShouldBe([false, true]);
        later.IsDuplicate.ShouldBeTrue();
        _store.CommittedIds.ShouldBe(["held", "a"]);
    }

    [Fact]
    public async Task TryAdd_WaiterThatGivesUp_TheDeliveryIsAppliedAllTheSame()
    {
        using var cancelled = new CancellationTokenSource();
        var lane = Lane();
        await HoldAsync(lane);
        var queued = Add(lane, UnknownDelivery("a"), UnknownDelivery("b"));
        var waiter = queued[0].Receipt.WaitAsync(cancelled.Token);

        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiter);
        _release.SetResult();

        (await Task.WhenAll(queued.Select(EndOf))).Length.ShouldBe(2);
        _store.CommittedIds.ShouldBe(["held", "a", "b"]);
    }

    [Fact]
    public async Task TryAdd_StoreThatHoldsItsThread_HoldsNeitherTheCallerNorItsTrace()
    {
        var local = new AsyncLocal<string?> { Value = "of the caller" };
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        _store.BeforeCommit = _ =>
        {
            release.Wait(RealTimeLimit).ShouldBeTrue();
            seen.TrySetResult(local.Value);
            return Task.CompletedTask;
        };
        var delivery = UnknownDelivery("a");

        Lane().TryAdd(delivery).ShouldBeTrue();
        delivery.Receipt.IsCompleted.ShouldBeFalse();
        release.Set();

        await EndOf(delivery);
        (await seen.Task).ShouldBeNull();
    }

    [Fact]
    public async Task TryAdd_FromManyThreads_LosesNothingAndKeepsEachOnesOrder()
    {
        const int Senders = 8;
        const int Each = 250;
        _options.BatchSize = 7;
        _store.BeforeCommit = async rows =>
        {
            await Task.Yield();
            if (rows.Count > 1 && rows[0].Id.EndsWith("13", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("odd");
            }
        };
        var lane = Lane();

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var deliveries = Enumerable.Range(0, Each).Select(i => OrderDelivery($"{sender}-{i}")).ToArray();
            Add(lane, deliveries);
            await Task.WhenAll(deliveries.Select(EndOf));
        })));

        _store.CommittedIds.Count().ShouldBe(Senders * Each);
        _store.Committed.ShouldAllBe(rows => rows.Count <= 7);
        for (var sender = 0; sender < Senders; sender++)
        {
            _store.CommittedIds.Where(id => id.StartsWith($"{sender}-", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, Each).Select(i => $"{sender}-{i}"));
        }
    }
}
