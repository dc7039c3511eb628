using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.DeadLetters;

/// <summary>Letters of all accounts, and many of them settled in one go.</summary>
public abstract class DeadLetterBatchSuite : StoreSuite
{
    private IDeadLetters Letters => Store.Services.GetRequiredService<IDeadLetters>();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs();
        return base.InitializeAsync();
    }

    [Fact]
    public async Task ListAll_LettersOfManyAccounts_AreNewestFirstAndEachOnce()
    {
        AccountId[] accounts = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        for (var i = 0; i < 7; i++)
        {
            await WriteAsync(accounts[i % 3], $"{i}");
        }

        var found = new List<string>();
        var query = new DeadLetterQuery { Limit = 2, Status = DeadLetterStatus.Open };
        do
        {
            var page = await Letters.ListAllAsync(query);
            found.AddRange(page.Items.Select(letter => letter.Subject));
            query = query with { Cursor = page.NextCursor };
            await WriteAsync(accounts[0], $"new {found.Count}");
        }
        while (query.Cursor is not null);

        found.ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task ListAll_WithFilters_GivesWhatIsMeant()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(account, "1");
        await WriteAsync(other, "2");
        await WriteAsync(other, "3", "feed", "feed_batch");
        var past = (await Letters.ListAsync(other)).Items[0].LastFailedAt;

        (await SubjectsAsync(new DeadLetterQuery { Source = "orders" })).ShouldBe(["2", "1"]);
        (await SubjectsAsync(new DeadLetterQuery { Kind = "feed_batch" })).ShouldBe(["3"]);
        (await SubjectsAsync(new DeadLetterQuery { FailedBefore = past })).ShouldBe(["3", "2", "1"]);
        (await SubjectsAsync(new DeadLetterQuery { FailedBefore = past.AddHours(-1) })).ShouldBeEmpty();
        (await SubjectsAsync(new DeadLetterQuery { Status = DeadLetterStatus.Discarded })).ShouldBeEmpty();

        async Task<string[]> SubjectsAsync(DeadLetterQuery query) =>
            [.. (await Letters.ListAllAsync(query)).Items.Select(letter => letter.Subject)];
    }

    [Fact]
    public async Task Cursor_OfAllAccounts_IsNoneOfOneAndTheOtherWayRound()
    {
        var account = await ConnectAsync();
        await WriteAsync(account, "1");
        await WriteAsync(account, "2");
        var query = new DeadLetterQuery { Limit = 1 };
        var ofAll = (await Letters.ListAllAsync(query)).NextCursor.ShouldNotBeNull();
        var ofOne = (await Letters.ListAsync(account, query)).NextCursor.ShouldNotBeNull();

        await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAsync(account, query with { Cursor = ofAll }));
        await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAllAsync(query with { Cursor = ofOne }));
        await Should.ThrowAsync<InvalidCursorException>(() => Letters.ListAllAsync(query with { Cursor = ofAll, Kind = "order_fetch" }));
    }

    [Fact]
    public async Task ReplayAll_OfOneAccount_LeavesTheOtherAlone()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        for (var i = 1; i <= 5; i++)
        {
            await WriteAsync(account, $"{i}");
            await WriteAsync(other, $"{i}");
        }

        await WriteAsync(account, "6", kind: "something");
        await WriteAsync(account, "7", "feed", "feed_batch");

        var done = await Letters.ReplayAllAsync(account, new DeadLetterQuery { Source = "orders", Limit = 2 }, "ann");

        (done.Settled, done.NotReplayable, done.Seen, done.Cursor).ShouldBe((5, 1, 6, null));
        (await Letters.CountOpenAsync(account)).ShouldBe(2);
        (await Letters.CountOpenAsync(other)).ShouldBe(5);
        (await Store.Stock.ListFetchesAsync(account, 10)).Count.ShouldBe(5);
        (await Letters.ListAsync(account, new DeadLetterQuery { Status = DeadLetterStatus.Replayed })).Items
            .ShouldAllBe(letter => letter.SettledBy == "ann");
    }

    [Fact]
    public async Task ReplayAll_CancelledHalfway_GoesOnWhereItWas()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        for (var i = 1; i <= 5; i++)
        {
            await WriteAsync(account, $"{i}");
            await WriteAsync(other, $"{i}", kind: "something");
        }

        using var stop = new CancellationTokenSource();
        var told = new List<DeadLetterProgress>();
        var query = new DeadLetterQuery { Limit = 3 };
        await Should.ThrowAsync<OperationCanceledException>(() => Letters.ReplayAllAsync(
            null,
            query,
            progress: new Told(state =>
            {
                told.Add(state);
                if (state.Seen == 4)
                {
                    stop.Cancel();
                }
            }),
            cancellationToken: stop.Token));
        var open = await Letters.CountOpenAsync(account);

        var rest = await Letters.ReplayAllAsync(null, query with { Cursor = told[^1].Cursor });

        told.Select(state => state.Seen).ShouldBe([1, 2, 3, 4]);
        (told[^1].Settled, told[^1].NotReplayable, open).ShouldBe((2, 2, 3));
        (rest.Settled, rest.NotReplayable, rest.Cursor).ShouldBe((3, 3, null));
        (await Letters.CountOpenAsync(account)).ShouldBe(0);
        (await Letters.CountOpenAsync(other)).ShouldBe(5);
    }

    [Fact]
    public async Task ReplayAll_ByTwoAtOnce_ReplaysEachLetterOnce()
    {
        var account = await ConnectAsync();
        for (var i = 1; i <= 12; i++)
        {
            await WriteAsync(account, $"{i}");
        }

        await using var another = Store.BuildAnother();
        var query = new DeadLetterQuery { Limit = 5 };

        var done = await Task.WhenAll(
            Letters.ReplayAllAsync(null, query),
            another.GetRequiredService<IDeadLetters>().ReplayAllAsync(account, query));

        done.Sum(part => part.Settled).ShouldBe(12);
        (await Letters.CountOpenAsync(account)).ShouldBe(0);
        (await Store.Stock.ListFetchesAsync(account, 20)).Count.ShouldBe(12);
    }

    [Fact]
    public async Task DiscardAll_OfAllAccounts_SettlesWhatNobodyKnowsToo()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(account, "1", "somewhere", "something");
        await WriteAsync(other, "2");

        var done = await Letters.DiscardAllAsync(null, new DeadLetterQuery(), "an old test", "bob");

        (done.Settled, done.Seen).ShouldBe((2, 2));
        (await Letters.ListAllAsync()).Items.ShouldAllBe(letter =>
            letter.Status == DeadLetterStatus.Discarded && letter.Reason == "an old test" && letter.SettledBy == "bob");
        (await Store.Stock.ListFetchesAsync(other, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReplayAll_OfWhatIsSettled_IsRefused()
    {
        await Should.ThrowAsync<ArgumentException>(
            () => Letters.ReplayAllAsync(null, new DeadLetterQuery { Status = DeadLetterStatus.Discarded }));
        await Should.ThrowAsync<ArgumentException>(() => Letters.DiscardAllAsync(null, new DeadLetterQuery(), " "));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Letters.ReplayAllAsync(null, new DeadLetterQuery { Limit = 0 }));
    }

    private async Task WriteAsync(AccountId account, string subject, string source = "orders", string kind = "order_fetch")
    {
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites
        {
            DeadLetters =
            [
                new DeadLetterEntry
                {
                    Key = new DeadLetterKey(source, subject),
                    Kind = kind,
                    Attempts = 1,
                    ErrorCode = "CODE",
                    Error = "it failed",
                    Payload = "{}",
                },
            ],
        });
    }

    private sealed class Told(Action<DeadLetterProgress> tell) : IProgress<DeadLetterProgress>
    {
        public void Report(DeadLetterProgress value) => tell(value);
    }
}
