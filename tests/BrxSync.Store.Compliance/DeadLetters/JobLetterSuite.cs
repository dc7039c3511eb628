using BrxSync.Client.Errors;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.DeadLetters;

/// <summary>Jobs that failed: how often is kept, their operations are shown as retrying, and what is given up has a letter.</summary>
public abstract class JobLetterSuite : StoreSuite
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private IJobRetryStore Retries => Store.Services.GetRequiredService<IJobRetryStore>();

    private JobLetters JobLetters => Store.Services.GetRequiredService<JobLetters>();

    private IDeadLetters Letters => Store.Services.GetRequiredService<IDeadLetters>();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs();
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Save_AJobThatFailed_IsKeptAsItWasForItsAccountAndKind()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var retry = Retry(account, WorkKind.Push, attempts: 3);
        (await Retries.SaveAsync(Retry(account, WorkKind.Push, attempts: 2), "away")).ShouldBeTrue();
        (await Retries.SaveAsync(retry, "away")).ShouldBeTrue();

        (await Retries.FindAsync(account, WorkKind.Push)).ShouldBe(retry);
        (await Retries.FindAsync(account, WorkKind.Reread)).ShouldBeNull();
        (await Retries.FindAsync(other, WorkKind.Push)).ShouldBeNull();

        await Retries.RemoveAsync(account, WorkKind.Push);
        (await Retries.FindAsync(account, WorkKind.Push)).ShouldBeNull();
    }

    [Fact]
    public async Task ListDue_GivesThoseWhoseTimeHasComeOrIsImpossible()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var now = DateTimeOffset.UtcNow;
        await Retries.SaveAsync(Retry(account, WorkKind.Push) with { NotBefore = now.AddMinutes(-1) }, "away");
        await Retries.SaveAsync(Retry(account, WorkKind.Reread) with { NotBefore = now.AddMinutes(30) }, "away");
        await Retries.SaveAsync(Retry(other, WorkKind.Orders) with { NotBefore = now.AddDays(3) }, "away");
        await JobLetters.GiveUpAsync(
            Retry(other, WorkKind.Feed) with { NotBefore = now.AddMinutes(-1), IsGivenUp = true },
            1,
            new IOException("away"),
            "away",
            default);

        var due = await Retries.ListDueAsync(TimeSpan.FromHours(1), 10);

        due.Select(job => (job.AccountId, job.Kind)).ShouldBe([(account, WorkKind.Push), (other, WorkKind.Orders)], ignoreOrder: true);
    }

    [Fact]
    public async Task Operation_OfARunThatFailed_SaysWhenAndAsWhichAttemptItIsTriedAgain()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        await Retries.SaveAsync(Retry(account, WorkKind.Sync, 1, operation.Id), "CardTrader is away.");

        var waiting = (await Store.Operations.FindAsync(operation.Id)).ShouldNotBeNull();
        var live = await Store.Operations.FindLiveAsync(account, OperationKinds.FullSync);
        var due = (await Store.Work.FindAsync(account)).ShouldNotBeNull();
        var resumed = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();

        (waiting.Status, waiting.Attempt, waiting.NextAttempt, waiting.NextAttemptAt, waiting.Error)
            .ShouldBe((OperationStatus.Retrying, 1, 2, Now.AddMinutes(5), "CardTrader is away."));
        (waiting.IsLive, live?.Id, due.HasSync).ShouldBe((true, operation.Id, true));
        (resumed.Id, resumed.Status, resumed.Attempt, resumed.NextAttempt, resumed.NextAttemptAt, resumed.Error)
            .ShouldBe((operation.Id, OperationStatus.Running, 2, null, null, null));
    }

    [Fact]
    public async Task Cancel_AnOperationThatIsRetrying_EndsItAndWhatWouldRepeatIt()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        await Retries.SaveAsync(Retry(account, WorkKind.Sync, 1, operation.Id), "away");

        (await Store.Operations.CancelAsync(account, operation.Id)).ShouldBeTrue();

        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await Retries.FindAsync(account, WorkKind.Sync)).ShouldBeNull();
        (await Retries.SaveAsync(Retry(account, WorkKind.Sync, 2, operation.Id), "away")).ShouldBeFalse("it has ended");
        (await Retries.FindAsync(account, WorkKind.Sync)).ShouldBeNull();
    }

    [Fact]
    public async Task Suspend_AnAccountWhoseSyncIsRetrying_EndsIt()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        await Retries.SaveAsync(Retry(account, WorkKind.Sync, 1, operation.Id), "away");
        await Retries.SaveAsync(Retry(other, WorkKind.Push), "away");

        await Store.AccountService.SuspendAsync(account);

        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await Retries.FindAsync(account, WorkKind.Sync)).ShouldBeNull();
        (await Retries.FindAsync(other, WorkKind.Push)).ShouldNotBeNull();
    }

    [Fact]
    public async Task GiveUp_AFullSync_WritesALetterAndEndsItsOperationInOneStep()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        await Retries.SaveAsync(Retry(account, WorkKind.Sync, 9, operation.Id), "away");

        await GiveUpAsync(account, WorkKind.Sync, operation.Id);

        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        (letter.Source, letter.Kind, letter.Subject, letter.Attempts).ShouldBe(("jobs", "sync", "sync", 10));
        (letter.ErrorCode, letter.Error, letter.Status, letter.Epoch).ShouldBe(("INTERNAL_ERROR", "away", DeadLetterStatus.Open, 0));
        letter.Payload.ShouldContain(operation.Id);
        letter.SupersededBy.ShouldBeNull();
        var ended = (await Store.Operations.FindAsync(operation.Id)).ShouldNotBeNull();
        (ended.Status, ended.Error, ended.CompletedAt.HasValue).ShouldBe((OperationStatus.Failed, "away", true));
        var stored = await AccountAsync(account);
        (stored.Status, stored.LastError).ShouldBe((AccountStatus.Error, "away"));
        (await Retries.FindAsync(account, WorkKind.Sync)).ShouldNotBeNull().IsGivenUp.ShouldBeTrue();
    }

    [Fact]
    public async Task GiveUp_ASyncWhoseRunNeverBegan_EndsTheOneThatWaits()
    {
        var account = await ConnectAsync();
        var queued = (await Store.Operations.QueueAsync(account, OperationKinds.FullSync)).ShouldNotBeNull().Operation;

        await GiveUpAsync(account, WorkKind.Sync, null);

        (await Store.Operations.FindAsync(queued.Id))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task GiveUp_AgainWhileItsLetterIsOpen_AddsToIt()
    {
        var account = await ConnectAsync();
        await GiveUpAsync(account, WorkKind.Push, null);
        await JobLetters.GiveUpAsync(
            Retry(account, WorkKind.Push, 11) with { IsGivenUp = true }, 1, new InvalidOperationException(), "broken", default);

        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        (letter.Attempts, letter.Error).ShouldBe((11, "broken"));
    }

    [Fact]
    public async Task GiveUp_WhatCardTraderAnswered_TellsItWithoutMore()
    {
        var account = await ConnectAsync();
        var failure = new CardTraderException(
            "GET orders failed.",
            new CardTraderErrorDetails
            {
                Operation = "orders", StatusCode = System.Net.HttpStatusCode.UnprocessableEntity, ErrorCode = "bad", RequestId = "r-1",
            },
            null);

        await JobLetters.GiveUpAsync(
            Retry(account, WorkKind.Orders) with { IsGivenUp = true }, 1, failure, failure.Message, default);

        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        letter.ErrorCode.ShouldBe("CARDTRADER_API_ERROR");
        letter.Payload.ShouldContain("422");
        letter.Payload.ShouldContain("r-1");
        letter.Payload.ShouldNotContain("token", Case.Insensitive);
    }

    [Fact]
    public async Task Replay_ASync_QueuesOneAndForgetsTheFailures()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        await GiveUpAsync(account, WorkKind.Sync, operation.Id);
        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();

        await Letters.ReplayAsync(account, letter.Id, "ann");

        var live = (await Store.Operations.FindLiveAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        (live.Status, live.Id == operation.Id).ShouldBe((OperationStatus.Pending, false));
        (await AccountAsync(account)).Status.ShouldBe(AccountStatus.InitialSync);
        (await Retries.FindAsync(account, WorkKind.Sync)).ShouldBeNull();
        await Should.ThrowAsync<DeadLetterSettledException>(() => Letters.ReplayAsync(account, letter.Id));
        (await Store.Operations.ListAsync(account, 10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Replay_InTwoProcessesAtOnce_QueuesOneSync()
    {
        var account = await ConnectAsync();
        await GiveUpAsync(account, WorkKind.Sync, null);
        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        await using var another = Store.BuildAnother();
        IDeadLetters[] processes = [Letters, another.GetRequiredService<IDeadLetters>()];

        var replayed = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await processes[i % 2].ReplayAsync(account, letter.Id);
                return 1;
            }
            catch (DeadLetterSettledException)
            {
                return 0;
            }
        }));

        replayed.Sum().ShouldBe(1);
        (await Store.Operations.ListAsync(account, 10)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("sync", OperationKinds.FullSync)]
    [InlineData("reconcile", OperationKinds.FullSync)]
    [InlineData("sync", OperationKinds.Reconcile)]
    public async Task Letter_WhoseStockWasReadSince_SaysSoAndIsNotReplayed(string job, string later)
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var kind = StoredWords.FindWorkKind(job)!.Value;
        foreach (var seller in (AccountId[])[account, other])
        {
            var failed = (await Store.Operations.TryStartAsync(
                seller, job == "sync" ? OperationKinds.FullSync : OperationKinds.Reconcile)).ShouldNotBeNull();
            await GiveUpAsync(seller, kind, failed.Id);
        }

        var since = (await Store.Operations.TryStartAsync(account, later)).ShouldNotBeNull();
        await Store.Operations.CompleteAsync(account, since.Id, OperationStatus.Completed, null, [], null);

        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        letter.SupersededBy.ShouldBe(since.Id);
        (await Letters.FindAsync(account, letter.Id))!.SupersededBy.ShouldBe(since.Id);
        (await Should.ThrowAsync<DeadLetterSupersededException>(() => Letters.ReplayAsync(account, letter.Id)))
            .SupersededBy.ShouldBe(since.Id);
        (await Letters.ListAsync(other)).Items.ShouldHaveSingleItem().SupersededBy.ShouldBeNull("another account");
        (await Letters.DiscardAsync(account, letter.Id, "done since")).SupersededBy.ShouldBeNull();
    }

    [Fact]
    public async Task TakeBack_AJobThatSucceedsAfterAll_SettlesItsLetter()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await GiveUpAsync(account, WorkKind.Push, null);
        await GiveUpAsync(other, WorkKind.Push, null);

        await JobLetters.TakeBackAsync((await Retries.FindAsync(account, WorkKind.Push)).ShouldNotBeNull(), default);

        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        (letter.Status, letter.SettledBy, letter.Reason).ShouldBe((DeadLetterStatus.Replayed, null, "A later run of the job succeeded."));
        (await Retries.FindAsync(account, WorkKind.Push)).ShouldBeNull();
        (await Letters.CountOpenAsync(other)).ShouldBe(1);
    }

    [Fact]
    public async Task TakeBack_ASyncThatHadNothingToDo_LeavesItsLetterOpen()
    {
        var account = await ConnectAsync();
        await GiveUpAsync(account, WorkKind.Sync, null);

        await JobLetters.TakeBackAsync((await Retries.FindAsync(account, WorkKind.Sync)).ShouldNotBeNull(), default);

        (await Letters.CountOpenAsync(account)).ShouldBe(1);
    }

    private static JobRetry Retry(AccountId account, WorkKind kind, int attempts = 1, string? operation = null) => new()
    {
        AccountId = account,
        Kind = kind,
        OperationId = operation,
        Attempts = attempts,
        FirstFailedAt = Now,
        NotBefore = Now.AddMinutes(5),
    };

    private Task GiveUpAsync(AccountId account, WorkKind kind, string? operation) => JobLetters.GiveUpAsync(
        Retry(account, kind, 10, operation) with { IsGivenUp = true }, 10, new InvalidOperationException("secret"), "away", default);
}
