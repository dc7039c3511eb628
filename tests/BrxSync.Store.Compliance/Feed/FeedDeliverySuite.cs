using System.Globalization;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Feed;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Feed;

/// <summary>The feed hands over every entry of an account in order, at least once, whatever happens to those who hand over.</summary>
public abstract class FeedDeliverySuite : FeedSuite
{
    [Fact]
    public async Task Run_NewFeedOnAnOldAccount_HandsOverEverythingInBatches()
    {
        var account = await ConnectWithAsync(8);

        await RunAsync(account);

        Shop.Batches.Select(batch => batch.Entries.Count).ShouldBe([3, 3, 2]);
        Shop.Positions(account).ShouldBe(To(8));
        Shop.Stock(account).ShouldBe(await TableAsync(account), ignoreOrder: true);
        var first = Shop.Batches.First();
        (first.Feed, first.AccountId, first.Attempt, first.LastPosition).ShouldBe((Name, account, 0, 3));
        var cursor = await CursorAsync(account);
        (cursor.Position, cursor.Lag, cursor.PausedAt, cursor.NotBefore).ShouldBe((8, 0, null, null));
    }

    [Fact]
    public async Task Run_NothingNew_HandsOverNothing()
    {
        var account = await ConnectWithAsync(2);
        await RunAsync(account);
        Shop.Batches.Clear();

        await RunAsync(account);
        await ChangeAsync(account, 2, 7);
        await RunAsync(account);

        Shop.Positions(account).ShouldBe([3]);
        Shop.Stock(account)["2"].ShouldBe(7);
    }

    [Fact]
    public async Task Run_EntriesAreWrittenWhileTheHandlerRuns_HandsThemOverToo()
    {
        var account = await ConnectWithAsync(2);
        var quantity = 20;
        Shop.Before = async (_, _) =>
        {
            if (quantity < 25)
            {
                await ChangeAsync(account, 1, quantity++);
            }
        };

        await RunAsync(account);

        Shop.Positions(account).ShouldBe(To(7));
        Shop.Stock(account).ShouldBe(await TableAsync(account), ignoreOrder: true);
    }

    [Fact]
    public async Task Run_FeedFromNow_HandsOverWhatComesAfterItsFirstSight()
    {
        var account = await ConnectWithAsync(4);
        var host = Another(brx => brx.Services.Configure<StockFeedOptions>(Name, options => options.Start = StockFeedStart.Now));

        await RunAsync(host, account);
        Shop.Batches.ShouldBeEmpty();
        (await CursorAsync(account)).Position.ShouldBe(4);
        await ChangeAsync(account, 3, 9);
        await RunAsync(host, account);

        Shop.Positions(account).ShouldBe([5]);
    }

    [Fact]
    public async Task Run_TheHandlerIsCancelled_LetsGoAndHandsTheSameOverAgain()
    {
        var account = await ConnectWithAsync(5);
        using var stop = new CancellationTokenSource();
        Shop.After = async (batch, token) =>
        {
            if (batch.LastPosition > 3)
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            }
        };

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(account, stop.Token));
        var between = await CursorAsync(account);
        Shop.After = static (_, _) => Task.CompletedTask;
        await RunAsync(account);

        (between.Position, between.Attempts, between.NotBefore).ShouldBe((3, 0, null));
        Shop.Positions(account).ShouldBe([1, 2, 3, 4, 5, 4, 5]);
    }

    [Fact]
    public async Task Run_TheHandlerStopsAsItIsDone_NotesTheBatch()
    {
        var account = await ConnectWithAsync(5);
        using var stop = new CancellationTokenSource();
        Shop.After = (_, _) => stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(account, stop.Token));

        (await CursorAsync(account)).Position.ShouldBe(3);
    }

    [Fact]
    public async Task Run_ConsumerIsKilledFiftyTimes_EveryEntryIsSeenInOrderAndGivesTheTable()
    {
        const int seed = 20261130;
        var random = new Random(seed);
        var account = await ConnectWithAsync(6);
        var kills = 0;
        var (killed, cancelled) = (new TaskCompletionSource(), new CancellationTokenSource());
        Shop.Before = (_, _) => DieSometimes();
        Shop.After = (_, _) => DieSometimes();
        while (kills < 50)
        {
            for (var change = random.Next(4); change >= 0; change--)
            {
                var product = random.Next(1, 7);
                var now = (await TableAsync(account))[product.ToString(CultureInfo.InvariantCulture)];
                await ChangeAsync(account, product, (now + random.Next(1, 30)) % 40);
            }

            // A process that is killed lets nothing go: its hold lasts until its time is over.
            (killed, cancelled) = (new TaskCompletionSource(), new CancellationTokenSource());
            var run = RunAsync(Another(), account, cancelled.Token);
            if (await Task.WhenAny(run, killed.Task) == run)
            {
                await run.ContinueWith(static _ => { }, TaskScheduler.Default);
            }

            Time.Advance(TimeSpan.FromMinutes(6));
        }

        Shop.Before = Shop.After = static (_, _) => Task.CompletedTask;
        await DrainAsync(account);

        var last = 0L;
        foreach (var batch in Shop.Batches)
        {
            batch.Entries[0].Position.ShouldBeLessThanOrEqualTo(last + 1, $"seed {seed}: an entry was left out");
            batch.Entries.Select(entry => entry.Position).ShouldBe(To((int)batch.LastPosition, (int)batch.Entries[0].Position));
            last = Math.Max(last, batch.LastPosition);
        }

        last.ShouldBe(await Store.Inventory.GetJournalPositionAsync(account), $"seed {seed}");
        Shop.Stock(account).ShouldBe(await TableAsync(account), ignoreOrder: true, $"seed {seed}");
        Shop.Stock(account).ShouldBe(await ReplayAsync(account), ignoreOrder: true, $"seed {seed}");

        async Task DieSometimes()
        {
            if (random.Next(5) > 0)
            {
                return;
            }

            kills++;
            switch (random.Next(3))
            {
                case 0:
                    throw new InvalidOperationException("the handler fails");
                case 1:
                    await cancelled.CancelAsync();
                    throw new OperationCanceledException(cancelled.Token);
                default:
                    killed.SetResult();
                    await new TaskCompletionSource().Task;
                    break;
            }
        }
    }

    [Fact]
    public async Task Run_AProcessDiesWithItsHold_AnotherWaitsForItsTimeAndGoesOn()
    {
        var account = await ConnectWithAsync(2);
        var store = Store.Services.GetRequiredService<IFeedStore>();
        var cursors = Store.Services.GetRequiredService<FeedCursors>();
        (await cursors.TryTakeAsync(account, Name, new StockFeedOptions(), default)).ShouldNotBeNull();

        await RunAsync(account);
        Shop.Batches.ShouldBeEmpty();
        Time.Advance(TimeSpan.FromSeconds(91));
        await RunAsync(account);

        Shop.Positions(account).ShouldBe([1, 2]);
        (await store.FindAsync(account, Name))!.Holder.ShouldBeNull();
    }

    [Fact]
    public async Task Run_TwoProcessesAtOnce_OneHandsOverAndNothingIsLost()
    {
        var account = await ConnectWithAsync(9);
        var other = Another();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Shop.Before = async (_, _) =>
        {
            begun.TrySetResult();
            await go.Task;
        };

        var first = RunAsync(account);
        await begun.Task;
        await RunAsync(other, account);
        Shop.Batches.Count.ShouldBe(1);
        go.SetResult();
        await first;

        Shop.Positions(account).ShouldBe(To(9));
    }

    [Fact]
    public async Task Run_ManyProcessesRace_EveryEntryComesOnceAndInOrder()
    {
        var account = await ConnectWithAsync(12);
        var hosts = Enumerable.Range(0, 4).Select(_ => Another()).ToArray();

        for (var round = 0; round < 10; round++)
        {
            await ChangeAsync(account, 1 + round, 50 + round);
            await Task.WhenAll(hosts.Select(host => Task.Run(() => RunAsync(host, account))));
        }

        await DrainAsync(account);
        Shop.Positions(account).ShouldBe(To(22));
    }

    [Fact]
    public async Task Move_BySomebodyWhoIsLate_MovesNothingBack()
    {
        var account = await ConnectWithAsync(9);
        var options = new StockFeedOptions();
        var cursors = Store.Services.GetRequiredService<FeedCursors>();
        var slow = (await cursors.TryTakeAsync(account, Name, options, default)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromMinutes(2));
        await RunAsync(account);

        (await cursors.TryMoveAsync(account, slow, 3, options, default)).ShouldBeNull();
        await cursors.ReleaseAsync(account, slow, default);
        await cursors.PostponeAsync(account, slow, "late", TimeSpan.FromMinutes(1), default);
        var failure = new FeedFailure("LATE", new InvalidOperationException("late"));
        (await cursors.PauseAsync(account, slow, 3, failure, default)).ShouldBeFalse();

        var cursor = await CursorAsync(account);
        (cursor.Position, cursor.Attempts, cursor.PausedAt, cursor.NotBefore).ShouldBe((9, 0, null, null));
        (await Letters.ListAsync(account)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_OfAccounts_TellsWhichFeedsAreDue()
    {
        var account = await ConnectWithAsync(2);
        var stopped = await ConnectWithAsync(2);
        var removed = await ConnectWithAsync(2);
        await Store.ExecuteAsync($"update user_sync_settings set stopped_at = created_at where user_id = '{stopped}'");
        await Store.ExecuteAsync($"update user_sync_settings set cardtrader_token_encrypted = null where user_id = '{removed}'");
        (await DueAsync()).ShouldBe([(account, true), (stopped, false)], ignoreOrder: true);

        await RunAsync(account);
        await RunAsync(stopped);
        (await DueAsync()).ShouldBeEmpty();
        await RunAsync(removed);
        Shop.Positions(removed).ShouldBeEmpty();

        await ChangeAsync(account, 1, 5);
        (await DueAsync()).ShouldBe([(account, true)]);
        (await Store.Work.FindAsync(account)).ShouldNotBeNull().HasFeed.ShouldBeTrue();
        Shop.Before = static (_, _) => throw new InvalidOperationException("no");
        await RunAsync(account);
        (await DueAsync()).ShouldBeEmpty("it waits to be tried again");
        Time.Advance(TimeSpan.FromMinutes(6));
        (await DueAsync()).ShouldBe([(account, true)]);

        async Task<IEnumerable<(AccountId Account, bool IsActive)>> DueAsync() =>
            (await Store.ListDueAsync()).Where(work => work.HasFeed).Select(work => (work.AccountId, work.IsActive));
    }

    [Fact]
    public async Task Save_OfAVersionThatIsGone_WritesNothing()
    {
        var account = await ConnectWithAsync(2);
        var store = Store.Services.GetRequiredService<IFeedStore>();
        await store.CreateAsync(account, Name, fromNow: false);
        await store.CreateAsync(account, Name, fromNow: true);
        var cursor = (await store.FindAsync(account, Name)).ShouldNotBeNull();
        (cursor.Position, cursor.Version, cursor.JournalPosition).ShouldBe((0, 1, 2));

        var saved = (await store.TrySaveAsync(account, cursor with { Position = 2, Error = "a\0b" })).ShouldNotBeNull();

        (await store.TrySaveAsync(account, cursor with { Position = 1 })).ShouldBeNull();
        (await store.FindAsync(account, Name)).ShouldBe(
            saved with { Error = "a\ufffdb", UpdatedAt = Time.GetUtcNow() });
        (await store.ListBacklogsAsync()).ShouldBe([new FeedBacklog(Name, 0, null, 0)]);
    }
}
