using System.Collections.Concurrent;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.DeadLetters;

/// <summary>Dead letters: written by steps, listed, replayed and discarded by people.</summary>
public abstract class DeadLetterSuite : StoreSuite
{
    private readonly RecordedSignals _signal = new();

    private IDeadLetters Letters => Store.Services.GetRequiredService<IDeadLetters>();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs().Services.AddSingleton<IWorkSignal>(_signal);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Step_WorkIsGivenUp_IsKeptAsItWas()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17", attempts: 3) with
        {
            ItemId = 4,
            ExternalStockId = "392763036",
            TraceParent = "00-1-2-01",
            Payload = """{"fields":["price","\u0000"]}""",
            Error = "a\0b",
        });

        var letter = (await ListAsync(account)).ShouldHaveSingleItem();

        (letter.AccountId, letter.Source, letter.Kind, letter.Subject).ShouldBe((account, "orders", "order_fetch", "17"));
        (letter.Status, letter.Attempts, letter.ErrorCode, letter.Error).ShouldBe((DeadLetterStatus.Open, 3, "CODE", "a\ufffdb"));
        (letter.ItemId, letter.ProductId, letter.TraceParent).ShouldBe((4, new ProductId(392763036), "00-1-2-01"));
        (letter.SettledAt, letter.SettledBy, letter.Reason).ShouldBe((null, null, null));
        letter.Payload.ShouldContain("price");
        letter.LastFailedAt.ShouldBe(letter.FirstFailedAt);
        (await Letters.FindAsync(account, letter.Id)).ShouldBe(letter);
    }

    [Fact]
    public async Task Step_TheSameSubjectFailsAgain_UpdatesTheOpenLetter()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17", attempts: 3));
        var first = (await ListAsync(account)).ShouldHaveSingleItem();

        await WriteAsync(account, Entry("17", attempts: 4) with { Error = "other", Payload = """{"again":true}""" });

        var letter = (await ListAsync(account)).ShouldHaveSingleItem();
        (letter.Id, letter.Attempts, letter.Error, letter.FirstFailedAt).ShouldBe((first.Id, 7, "other", first.FirstFailedAt));
        letter.Payload.ShouldContain("again");
        letter.LastFailedAt.ShouldBeGreaterThanOrEqualTo(first.LastFailedAt);
    }

    [Fact]
    public async Task Step_TheSubjectFailsAfterItWasSettled_IsANewLetter()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"));
        var first = (await ListAsync(account)).ShouldHaveSingleItem();
        await Letters.ReplayAsync(account, first.Id);

        await WriteAsync(account, Entry("17"));

        var letters = await ListAsync(account);
        letters.Select(letter => (letter.Status, letter.Attempts)).ShouldBe([(DeadLetterStatus.Open, 1), (DeadLetterStatus.Replayed, 1)]);
        letters[1].Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Step_EndsBeforeItsCommit_LeavesTheWorkAndNoLetter()
    {
        var account = await ConnectAsync();
        await SaveAsync(account, new StockWrites { Fetches = [new OrderId(17)] });
        var fetch = (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem();

        await Should.ThrowAsync<OperationCanceledException>(() => SaveAsync(
            account,
            new StockWrites { FetchesDone = [fetch], DeadLetters = [Entry("17")] },
            new CancellationToken(canceled: true)));

        (await ListAsync(account)).ShouldBeEmpty();
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldBe([fetch]);
    }

    [Fact]
    public async Task Settle_BeforeItsCommitTheProcessEnds_LeavesTheLetterOpen()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"));

        await Should.ThrowAsync<OperationCanceledException>(() => SaveAsync(
            account,
            new StockWrites
            {
                FetchesAnew = [new OrderId(17)],
                SettledDeadLetters = [new DeadLetterSettlement(Key("17"), DeadLetterStatus.Replayed)],
            },
            new CancellationToken(canceled: true)));

        (await ListAsync(account)).ShouldHaveSingleItem().Status.ShouldBe(DeadLetterStatus.Open);
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Load_KeysOfAStep_GivesTheLatestLetterOfEach()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(account, Entry("1"), Entry("2"));
        await WriteAsync(other, Entry("3"));
        foreach (var letter in await ListAsync(account))
        {
            await Letters.DiscardAsync(account, letter.Id, "old");
        }

        await WriteAsync(account, Entry("2"));

        await using var session = await Store.Stock.OpenAsync(account);
        var loaded = await session.LoadAsync(new StockScope { DeadLetters = [Key("1"), Key("2"), Key("3")], Deliveries = ["none"] });

        loaded.DeadLetters.OrderBy(letter => letter.Subject).Select(letter => (letter.Subject, letter.Status))
            .ShouldBe([("1", DeadLetterStatus.Discarded), ("2", DeadLetterStatus.Open)]);
    }

    [Fact]
    public async Task List_WhileLettersAreWritten_GivesEachOfTheFirstOnce()
    {
        var account = await ConnectAsync();
        for (var i = 0; i < 7; i++)
        {
            await WriteAsync(account, Entry($"{i}"));
        }

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Letters.ListAsync(account, new DeadLetterQuery { Limit = 3, Cursor = cursor });
            found.AddRange(page.Items.Select(letter => letter.Subject));
            cursor = page.NextCursor;

            // A new one, and one that changes.
            await WriteAsync(account, Entry($"new {found.Count}"), Entry("0"));
        }
        while (cursor is not null);

        found.ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task List_WithFilters_GivesWhatIsMeant()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("1"), Entry("2"), Entry("3") with { Key = new DeadLetterKey("feed", "3") });
        var first = (await ListAsync(account)).Single(letter => letter.Subject == "1");
        await Letters.DiscardAsync(account, first.Id, "known");

        (await SubjectsAsync(new DeadLetterQuery { Source = "orders" })).ShouldBe(["1", "2"], ignoreOrder: true);
        (await SubjectsAsync(new DeadLetterQuery { Source = "feed" })).ShouldBe(["3"]);
        (await SubjectsAsync(new DeadLetterQuery { Status = DeadLetterStatus.Open })).ShouldBe(["2", "3"], ignoreOrder: true);
        (await SubjectsAsync(new DeadLetterQuery { Source = "orders", Status = DeadLetterStatus.Discarded })).ShouldBe(["1"]);
        (await SubjectsAsync(new DeadLetterQuery { Source = "none" })).ShouldBeEmpty();
        (await Letters.CountOpenAsync(account)).ShouldBe(2);

        async Task<string[]> SubjectsAsync(DeadLetterQuery query) =>
            [.. (await Letters.ListAsync(account, query)).Items.Select(letter => letter.Subject)];
    }

    [Fact]
    public async Task List_ForeignOrDamagedCursor_IsRefused()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(account, Entry("1"), Entry("2"));
        var query = new DeadLetterQuery { Limit = 1, Source = "orders" };
        var cursor = (await Letters.ListAsync(account, query)).NextCursor.ShouldNotBeNull();

        (await Letters.ListAsync(account, query with { Cursor = cursor })).NextCursor.ShouldBeNull();
        await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAsync(other, query with { Cursor = cursor }));
        await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAsync(account, query with { Cursor = cursor, Source = null }));
        string[] damages =
        [
            "", "x", cursor[1..], cursor + "A", (cursor[0] == 'B' ? "C" : "B") + cursor[1..], "\u00e9" + cursor[1..],
        ];
        foreach (var damaged in damages)
        {
            await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAsync(account, query with { Cursor = damaged }));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task List_LimitOutOfRange_IsRefused(int limit) => await Should.ThrowAsync<ArgumentOutOfRangeException>(
        () => Letters.ListAsync(AccountId.Create(), new DeadLetterQuery { Limit = limit }));

    [Fact]
    public async Task Accounts_WithTheSameSubject_DoNotKnowEachOther()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(account, Entry("17"));
        await WriteAsync(other, Entry("17"));
        var letter = (await ListAsync(account)).ShouldHaveSingleItem();

        (await Letters.FindAsync(other, letter.Id)).ShouldBeNull();
        await Should.ThrowAsync<DeadLetterUnknownException>(() => Letters.ReplayAsync(other, letter.Id));
        await Should.ThrowAsync<DeadLetterUnknownException>(() => Letters.DiscardAsync(other, letter.Id, "no"));
        await Letters.ReplayAsync(account, letter.Id);

        (await ListAsync(other)).ShouldHaveSingleItem().Status.ShouldBe(DeadLetterStatus.Open);
        (await Store.Stock.ListFetchesAsync(other, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_AnOrder_AsksForItAnewAndSettlesTheLetter()
    {
        var account = await ConnectAsync();
        await SaveAsync(account, new StockWrites { Fetches = [new OrderId(17)], DeadLetters = [Entry("17")] });
        for (var i = 0; i < 5; i++)
        {
            await Store.Stock.PostponeFetchAsync(account, new OrderId(17), DateTimeOffset.UtcNow.AddMinutes(30));
        }

        var replayed = await Letters.ReplayAsync(account, (await ListAsync(account))[0].Id, "ann");

        (replayed.Status, replayed.SettledBy, replayed.Reason).ShouldBe((DeadLetterStatus.Replayed, "ann", null));
        replayed.SettledAt.ShouldNotBeNull();
        (await ListAsync(account)).ShouldBe([replayed]);
        var fetch = (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem();
        (fetch.Order, fetch.Attempts).ShouldBe((new OrderId(17), 0));
        _signal.Raised.ShouldBe([(account, WorkKind.Reread)]);
    }

    [Fact]
    public async Task Replay_ManyTimesAtOnce_HappensOnce()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"));
        var letter = (await ListAsync(account)).ShouldHaveSingleItem();

        var replays = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return await Letters.ReplayAsync(account, letter.Id);
            }
            catch (DeadLetterSettledException)
            {
                return null;
            }
        }));

        replays.Count(replayed => replayed is not null).ShouldBe(1);
        _signal.Raised.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Discard_AfterReplay_IsRefusedAndTheOtherWayRound()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"), Entry("18"));
        var letters = await ListAsync(account);
        await Letters.ReplayAsync(account, letters[0].Id);
        var discarded = await Letters.DiscardAsync(account, letters[1].Id, "sold elsewhere", "bob");

        await Should.ThrowAsync<DeadLetterSettledException>(() => Letters.DiscardAsync(account, letters[0].Id, "too late"));
        await Should.ThrowAsync<DeadLetterSettledException>(() => Letters.ReplayAsync(account, letters[1].Id));

        (discarded.Status, discarded.SettledBy, discarded.Reason).ShouldBe((DeadLetterStatus.Discarded, "bob", "sold elsewhere"));
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem().Order.Value.ToString().ShouldBe(letters[0].Subject);
    }

    [Fact]
    public async Task Replay_ASettledLetterWhoseSubjectFailedAgain_LeavesTheNewOneOpen()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"));
        var old = (await ListAsync(account)).ShouldHaveSingleItem();
        await Letters.DiscardAsync(account, old.Id, "known");
        await WriteAsync(account, Entry("17"));

        await Should.ThrowAsync<DeadLetterSettledException>(() => Letters.ReplayAsync(account, old.Id));

        (await ListAsync(account))[0].Status.ShouldBe(DeadLetterStatus.Open);
    }

    [Fact]
    public async Task Replay_WorkThatNobodyKnows_IsRefusedAndCanBeDiscarded()
    {
        var account = await ConnectAsync();
        await WriteAsync(
            account,
            Entry("1") with { Key = new DeadLetterKey("somewhere", "1") },
            Entry("2") with { Kind = "something" });
        foreach (var letter in await ListAsync(account))
        {
            (await Should.ThrowAsync<DeadLetterNotReplayableException>(() => Letters.ReplayAsync(account, letter.Id)))
                .Message.ShouldContain("discard it");
            (await Letters.FindAsync(account, letter.Id)).ShouldBe(letter);
            (await Letters.DiscardAsync(account, letter.Id, "of no use")).Status.ShouldBe(DeadLetterStatus.Discarded);
        }
    }

    [Fact]
    public async Task Replay_ARowOfTheList_HasTheOrdersReadAsFarBackAsEver()
    {
        var account = await ConnectAsync();
        await Store.Stock.SetOrderPositionAsync(account, null, new OrderPosition(null, null, new OrderId(5), DateTimeOffset.UtcNow));
        await WriteAsync(account, Entry("row 1") with { Kind = DeadLetterKinds.UnreadableOrder });
        (await Store.Stock.GetOrderPositionAsync(account)).HasDeadLetters.ShouldBeTrue();

        await Letters.ReplayAsync(account, (await ListAsync(account))[0].Id);

        var position = await Store.Stock.GetOrderPositionAsync(account);
        (position.PolledAt, position.LastOrder, position.HasDeadLetters).ShouldBe((null, new OrderId(5), false));
        _signal.Raised.ShouldBe([(account, WorkKind.Orders)]);
    }

    [Fact]
    public async Task Settle_WithTextsOutOfBounds_IsRefused()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"));
        var id = (await ListAsync(account))[0].Id;

        await Should.ThrowAsync<ArgumentException>(() => Letters.DiscardAsync(account, id, " "));
        await Should.ThrowAsync<ArgumentException>(() => Letters.DiscardAsync(account, id, new string('x', 501)));
        await Should.ThrowAsync<ArgumentException>(() => Letters.DiscardAsync(account, id, "known", new string('x', 201)));
        await Should.ThrowAsync<ArgumentException>(() => Letters.ReplayAsync(account, id, new string('x', 201)));
        var reason = string.Concat(Enumerable.Repeat("\U0001F0CF", 500));

        (await Letters.DiscardAsync(account, id, reason)).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Account_IsRemoved_ForgetsOpenLettersAndKeepsWhatWasDecided()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, Entry("17"), Entry("18"));
        var decided = (await ListAsync(account))[0];
        await Letters.DiscardAsync(account, decided.Id, "known");

        await Store.AccountService.RemoveAsync(account);

        (await ListAsync(account)).ShouldHaveSingleItem().Id.ShouldBe(decided.Id);
    }

    private static DeadLetterKey Key(string subject) => new(DeadLetterSources.Orders, subject);

    private static DeadLetterEntry Entry(string subject, int attempts = 1) => new()
    {
        Key = Key(subject), Kind = DeadLetterKinds.OrderFetch, Attempts = attempts, ErrorCode = "CODE", Error = "it failed", Payload = "{}",
    };

    private async Task<IReadOnlyList<DeadLetter>> ListAsync(AccountId account) => (await Letters.ListAsync(account)).Items;

    private Task WriteAsync(AccountId account, params DeadLetterEntry[] entries) =>
        SaveAsync(account, new StockWrites { DeadLetters = entries });

    private async Task SaveAsync(AccountId account, StockWrites writes, CancellationToken cancellationToken = default)
    {
        await using var session = await Store.Stock.OpenAsync(account, CancellationToken.None);
        await session.LoadAsync(new StockScope(), CancellationToken.None);
        await session.SaveAsync(writes, cancellationToken);
    }

    private sealed class RecordedSignals : IWorkSignal
    {
        public ConcurrentQueue<(AccountId Account, WorkKind Kind)> Raised { get; } = [];

        public void Raise(AccountId accountId, WorkKind kind) => Raised.Enqueue((accountId, kind));
    }
}
