using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Feed;

namespace BrxSync.Store.Compliance.Feed;

/// <summary>Handlers that fail: tried again, then paused for that account, until a person has decided.</summary>
public abstract class FeedFailureSuite : FeedSuite
{
    private protected override void Configure(StockFeedOptions options) => (options.BatchSize, options.Attempts) = (3, 3);

    [Fact]
    public async Task Run_TheHandlerFails_TriesTheSameAgainAfterAWhile()
    {
        var account = await ConnectWithAsync(4);
        Shop.Before = static (batch, _) =>
            batch.Attempt == 0 ? throw new InvalidOperationException("the shop is closed") : Task.CompletedTask;

        await RunAsync(account);
        await RunAsync(account);
        var failed = await CursorAsync(account);
        Shop.Batches.Count.ShouldBe(1);
        Signal.Raised.Clear();
        Time.Advance(TimeSpan.FromSeconds(2));
        Signal.Raised.ShouldBe([(account, WorkKind.Feed)]);
        await RunAsync(account);

        (failed.Position, failed.Attempts, failed.LastError).ShouldBe((0, 1, "the shop is closed"));
        failed.NotBefore!.Value.ShouldBeInRange(Time.GetUtcNow().AddSeconds(-1), Time.GetUtcNow());
        Shop.Batches.Select(batch => batch.Attempt).ShouldBe([0, 1, 0]);
        var cursor = await CursorAsync(account);
        (cursor.Position, cursor.Attempts, cursor.LastError).ShouldBe((3, 1, "the shop is closed"));
        await DrainAsync(account);
        Shop.Stock(account).ShouldBe(await TableAsync(account), ignoreOrder: true);
    }

    [Fact]
    public async Task Run_TheHandlerAlwaysFailsForOneAccount_PausesItAndOthersGoOn()
    {
        var bad = await ConnectWithAsync(4);
        var good = await ConnectWithAsync(4);
        FailFor(bad);
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await RunAsync(bad);
            await RunAsync(good);
            Time.Advance(TimeSpan.FromMinutes(6));
        }

        Shop.Positions(good).ShouldBe(To(4));
        Shop.Batches.Count(batch => batch.AccountId == bad).ShouldBe(3);
        var cursor = await CursorAsync(bad);
        (cursor.Position, cursor.Attempts, cursor.Lag, cursor.PausedAt is null).ShouldBe((0, 3, 4, false));
        var letter = (await Letters.ListAsync(bad)).Items.ShouldHaveSingleItem();
        (letter.Source, letter.Kind, letter.Subject, letter.Attempts, letter.Error, letter.ErrorCode).ShouldBe(
            (DeadLetterSources.Feed, DeadLetterKinds.FeedBatch, Name, 3, "not this one", "FEED_HANDLER_FAILED"));
        (await Store.Work.FindAsync(bad)).ShouldNotBeNull().HasFeed.ShouldBeFalse();
    }

    [Fact]
    public async Task Replay_OfTheLetter_LetsTheFeedTryTheSameAgain()
    {
        var account = await PausedAsync();
        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        Shop.Before = static (_, _) => Task.CompletedTask;
        Shop.Batches.Clear();
        Signal.Raised.Clear();

        await Letters.ReplayAsync(account, letter.Id, "maria");
        Signal.Raised.ShouldContain((account, WorkKind.Feed));
        await RunAsync(account);

        Shop.Positions(account).ShouldBe(To(4));
        (await CursorAsync(account)).PausedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Discard_OfTheLetter_LetsTheFeedGoOnAfterWhatFailed()
    {
        var account = await PausedAsync();
        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        Shop.Before = static (_, _) => Task.CompletedTask;
        Shop.Batches.Clear();

        await Letters.DiscardAsync(account, letter.Id, "that shop never had them");
        await RunAsync(account);

        Shop.Positions(account).ShouldBe([4]);
    }

    [Fact]
    public async Task Resume_OfAPausedFeed_SettlesItsLetter()
    {
        var account = await PausedAsync();
        Shop.Before = static (_, _) => Task.CompletedTask;
        Shop.Batches.Clear();

        var cursor = (await Feed.ResumeAsync(account, Name, "maria")).ShouldNotBeNull();
        await RunAsync(account);

        (cursor.PausedAt, cursor.Attempts, cursor.LastError, cursor.Lag).ShouldBe((null, 0, null, 4));
        var letter = (await Letters.ListAsync(account)).Items.ShouldHaveSingleItem();
        (letter.Status, letter.SettledBy).ShouldBe((DeadLetterStatus.Replayed, "maria"));
        Shop.Positions(account).ShouldBe(To(4));
    }

    [Fact]
    public async Task Remove_OfTheAccountsConnection_LetsItsFeedGoOnWithTheNext()
    {
        var account = await PausedAsync();

        await Store.AccountService.RemoveAsync(account);

        (await CursorAsync(account)).PausedAt.ShouldBeNull();
        (await Letters.ListAsync(account)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Set_BackToTheBeginning_HandsEverythingOverAgain()
    {
        var account = await ConnectWithAsync(4);
        await RunAsync(account);
        Shop.Batches.Clear();

        var cursor = await Feed.SetCursorAsync(account, Name, 1);
        await RunAsync(account);

        (cursor.Position, cursor.Lag).ShouldBe((1, 3));
        Shop.Positions(account).ShouldBe([2, 3, 4]);
    }

    [Fact]
    public async Task Set_WhileTheHandlerRuns_IsNotOverwrittenByIt()
    {
        var account = await ConnectWithAsync(5);
        var isFirst = true;
        Shop.Before = async (batch, _) =>
        {
            if (isFirst && batch.LastPosition == 5)
            {
                isFirst = false;
                await Feed.SetCursorAsync(account, Name, 1, CancellationToken.None);
                await RunAsync(Another(), account, CancellationToken.None);
            }
        };

        await RunAsync(account);

        Shop.Positions(account).ShouldBe([1, 2, 3, 4, 5, 2, 3, 4, 5]);
        var cursor = await CursorAsync(account);
        (cursor.Position, cursor.NotBefore).ShouldBe((5, null));
    }

    [Fact]
    public async Task Set_WhileTheHandlerFailsForTheLastTime_PausesNothing()
    {
        var account = await ConnectWithAsync(5);
        Shop.Before = async (batch, _) =>
        {
            if (batch.Attempt == 2)
            {
                await Feed.SetCursorAsync(account, Name, 4, CancellationToken.None);
            }

            throw new InvalidOperationException("no");
        };
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await RunAsync(account);
            Time.Advance(TimeSpan.FromMinutes(6));
        }

        (await Letters.ListAsync(account)).Items.ShouldBeEmpty();
        Shop.Before = static (_, _) => Task.CompletedTask;
        Shop.Batches.Clear();
        await RunAsync(account);
        Shop.Positions(account).ShouldBe([5]);
    }

    [Fact]
    public async Task Set_ToWhatCannotBe_IsRefused()
    {
        var account = await ConnectWithAsync(2);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Feed.SetCursorAsync(account, Name, 3));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Feed.SetCursorAsync(account, Name, -1));
        await Should.ThrowAsync<ArgumentException>(() => Feed.SetCursorAsync(account, "no name", 1));
        await Should.ThrowAsync<AccountUnknownException>(() => Feed.SetCursorAsync(AccountId.Create(), Name, 0));
        (await Feed.FindCursorAsync(account, Name)).ShouldBeNull();
        (await Feed.ResumeAsync(account, Name)).ShouldBeNull();
        (await Feed.SetCursorAsync(account, Name, 2)).Position.ShouldBe(2);
    }

    [Fact]
    public async Task Run_TheHandlerTakesTooLong_CountsAsFailed()
    {
        var account = await ConnectWithAsync(2);
        Shop.Before = (_, token) =>
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            token.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        };

        await RunAsync(account);

        var cursor = await CursorAsync(account);
        (cursor.Attempts, cursor.LastError).ShouldBe((1, "The handler was not done within 00:01:00."));
    }

    [Fact]
    public async Task Run_AHandlerThatCannotBeMade_FailsAloneAndTheNextFeedGoesOn()
    {
        var account = await ConnectWithAsync(2);
        var host = Another(brx => brx.AddStockFeed<UnmakeableFeedHandler>("unmakeable"));

        await RunAsync(host, account);

        var cursor = (await Feed.FindCursorAsync(account, "unmakeable")).ShouldNotBeNull();
        cursor.LastError.ShouldNotBeNull().ShouldContain(nameof(IUnregistered));
        Shop.Positions(account).ShouldBe([1, 2]);
    }

    private void FailFor(AccountId account) => Shop.Before = (batch, _) =>
        batch.AccountId == account ? throw new InvalidOperationException("not this one") : Task.CompletedTask;

    private async Task<AccountId> PausedAsync()
    {
        var account = await ConnectWithAsync(4);
        FailFor(account);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await RunAsync(account);
            Time.Advance(TimeSpan.FromMinutes(6));
        }

        (await CursorAsync(account)).PausedAt.ShouldNotBeNull();
        return account;
    }
}
