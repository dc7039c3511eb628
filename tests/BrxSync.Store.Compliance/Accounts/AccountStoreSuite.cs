using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Store.Compliance.Accounts;

/// <summary>What every <see cref="IAccountStore"/> does.</summary>
public abstract class AccountStoreSuite : StoreSuite
{
    private static AccountConnection Connection(AccountId id, string token = "token-1", long? seller = 3_000_000_001) => new()
    {
        Id = id,
        TokenCiphertext = token,
        WebhookSecretCiphertext = "secret-1",
        CardTraderUserId = seller,
        CardTraderAppId = 77,
        CardTraderAppName = "Àpp \"one\"",
    };

    [Fact]
    public async Task Find_UnknownAccount_IsNull() => (await Store.Accounts.FindAsync(AccountId.Create())).ShouldBeNull();

    [Fact]
    public async Task SaveConnection_NewAccount_IsStoredWhole()
    {
        var id = AccountId.Create();

        var saved = await Store.Accounts.SaveConnectionAsync(Connection(id));

        var expected = new AccountRecord
        {
            Id = id,
            TokenCiphertext = "token-1",
            WebhookSecretCiphertext = "secret-1",
            CardTraderUserId = 3_000_000_001,
            CardTraderAppId = 77,
            CardTraderAppName = "Àpp \"one\"",
            Status = AccountStatus.Idle,
        };
        saved.ShouldBe(expected);
        (await Store.Accounts.FindAsync(id)).ShouldBe(expected);
    }

    [Fact]
    public async Task SaveConnection_TextWithASignThatNotEveryStoreKeeps_IsKeptWithoutTheSign()
    {
        var id = AccountId.Create();

        await Store.Accounts.SaveConnectionAsync(Connection(id) with { CardTraderAppName = "one\0two" });
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Error, "three\0four", null);

        var account = (await Store.Accounts.FindAsync(id))!;
        (account.CardTraderAppName, account.LastError).ShouldBe(("one\uFFFDtwo", "three\uFFFDfour"));
    }

    [Fact]
    public async Task SaveConnection_NewTokenOfAStoppedAccount_LiftsTheStopAndKeepsTheHistory()
    {
        var id = AccountId.Create();
        var synced = new DateTimeOffset(2026, 11, 2, 9, 14, 5, 123, 456, TimeSpan.Zero);
        await Store.Accounts.SetStatusAsync(
            (await Store.Accounts.SaveConnectionAsync(Connection(id))).Id, AccountStatus.Active, null, synced);
        (await Store.Accounts.StopAsync((await Store.Accounts.FindAsync(id))!, "Make a new token.")).ShouldBeTrue();
        var stopped = (await Store.Accounts.FindAsync(id))!;

        var account = await Store.Accounts.SaveConnectionAsync(Connection(id, "token-2"));

        (stopped.Status, stopped.LastError, stopped.StopReason, stopped.MayCall).ShouldBe(
            (AccountStatus.Error, "Make a new token.", "Make a new token.", false));
        (account.TokenCiphertext, account.Status, account.LastError, account.LastSyncAt).ShouldBe(
            ("token-2", AccountStatus.Active, null, synced));
        (account.StoppedAt, account.StopReason, account.MayCall).ShouldBe((null, null, true));
    }

    [Fact]
    public async Task SaveConnection_SameSellerAfterAnotherFailure_LeavesStatusAndSuspension()
    {
        var id = AccountId.Create();
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SuspendAsync(id);
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Error, "It broke.", null);

        var account = await Store.Accounts.SaveConnectionAsync(Connection(id, "token-2", seller: null));

        (account.Status, account.LastError, account.CardTraderUserId).ShouldBe((AccountStatus.Error, "It broke.", 3_000_000_001));
        account.SuspendedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task SaveConnection_SellerOfAnotherAccount_StoresNothing()
    {
        var (owner, other, unknown) = (AccountId.Create(), AccountId.Create(), AccountId.Create());
        await Store.Accounts.SaveConnectionAsync(Connection(owner));
        var before = await Store.Accounts.SaveConnectionAsync(Connection(other, seller: 5));
        var operation = (await Store.Operations.TryStartAsync(other, OperationKinds.FullSync))!;

        foreach (var id in (AccountId[])[other, unknown])
        {
            await Should.ThrowAsync<AccountInUseException>(() => Store.Accounts.SaveConnectionAsync(Connection(id, "token-2")));
        }

        (await Store.Accounts.FindAsync(other)).ShouldBe(before);
        (await Store.Accounts.FindAsync(unknown)).ShouldBeNull();
        (await Store.Operations.FindAsync(operation.Id))!.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task SaveConnection_ManyAccountsForOneSellerAtOnce_OneGetsIt()
    {
        var ids = Enumerable.Range(0, 16).Select(_ => AccountId.Create()).ToArray();

        var taken = await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            try
            {
                await Store.Accounts.SaveConnectionAsync(Connection(id));
                return true;
            }
            catch (AccountInUseException)
            {
                return false;
            }
        })));

        taken.Count(won => won).ShouldBe(1);
        var stored = 0;
        await foreach (var account in Store.Accounts.StreamAsync())
        {
            account.Id.ShouldBe(ids[Array.IndexOf(taken, true)]);
            stored++;
        }

        stored.ShouldBe(1);
    }

    [Fact]
    public async Task SaveConnection_AnotherSeller_CancelsRunsAndForgetsTheFormerOne()
    {
        var id = AccountId.Create();
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, DateTimeOffset.UnixEpoch);
        await ApplyAsync(id, SnapshotOutcome.Applied, (1, 5));
        var operation = (await Store.Operations.TryStartAsync(id, OperationKinds.FullSync))!;
        await using var session = (await Store.Snapshots.TryOpenAsync(id))!;
        await session.StageAsync(new[] { Row(0, 1, 9) });

        var account = await Store.Accounts.SaveConnectionAsync(Connection(id, "token-2", seller: 4));

        (account.CardTraderUserId, account.Status, account.LastSyncAt, account.Currency).ShouldBe((4L, AccountStatus.Idle, null, null));
        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        await Should.ThrowAsync<SyncFencedException>(() => session.PlanAsync());
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, DateTimeOffset.UnixEpoch, session.Epoch);
        (await Store.Accounts.FindAsync(id))!.Status.ShouldBe(AccountStatus.Idle);
        (await ItemsAsync(id))["1"].Quantity.ShouldBe(5);
    }

    [Fact]
    public async Task Suspend_RunThatHasCommitted_IsCompleted()
    {
        var id = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(id, OperationKinds.FullSync))!;
        await using var session = (await Store.Snapshots.TryOpenAsync(id))!;
        await session.StageAsync(new[] { Row(0, 1, 9) });
        var plan = await session.PlanAsync();
        await plan.ApplyAsync(new SnapshotApplication { Record = Record(SnapshotOutcome.Applied, plan, operation.Id) });

        var account = (await Store.Accounts.SuspendAsync(id)).ShouldNotBeNull();

        (account.Status, account.SuspendedAt is not null, account.MayCall).ShouldBe((AccountStatus.Idle, true, false));
        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Suspend_Twice_KeepsTheFirstTime()
    {
        var id = await ConnectAsync();
        var first = (await Store.Accounts.SuspendAsync(id))!;
        var second = (await Store.Accounts.SuspendAsync(id))!;
        var resumed = (await Store.Accounts.ResumeAsync(id))!;

        second.SuspendedAt.ShouldBe(first.SuspendedAt);
        resumed.MayCall.ShouldBeTrue();
        (await Store.Accounts.ResumeAsync(id)).ShouldBe(resumed);
        (await Store.Accounts.SuspendAsync(AccountId.Create())).ShouldBeNull();
        (await Store.Accounts.ResumeAsync(AccountId.Create())).ShouldBeNull();
        (await Store.Accounts.RemoveAsync(AccountId.Create())).ShouldBeNull();
    }

    [Fact]
    public async Task Remove_ConnectedAccount_ErasesSecretsAndWorkAndKeepsTheStock()
    {
        var (id, other) = (AccountId.Create(), AccountId.Create());
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SaveConnectionAsync(Connection(other, seller: 4));
        await ApplyAsync(id, SnapshotOutcome.Applied, (1, 5));
        var operation = (await Store.Operations.TryStartAsync(id, OperationKinds.FullSync))!;
        foreach (var account in (AccountId[])[id, other])
        {
            await Store.ExecuteAsync(
                $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) select user_id, '1', 1, created_at from user_sync_settings where user_id = '{account}'");
            await Store.ExecuteAsync(
                $"insert into order_fetches (user_id, order_id, asked_at) select user_id, 1, created_at from user_sync_settings where user_id = '{account}'");
        }

        await Store.Accounts.RemoveAsync(id);
        var removed = (await Store.Accounts.RemoveAsync(id)).ShouldNotBeNull();

        removed.ShouldBe(new AccountRecord { Id = id, Status = AccountStatus.Idle });
        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await ItemsAsync(id))["1"].Quantity.ShouldBe(5);
        foreach (var table in (string[])["reread_requests", "order_fetches"])
        {
            (await Store.ExecuteAsync($"update {table} set attempts = 1")).ShouldBe(1, table);
            (await Store.ExecuteAsync($"delete from {table} where user_id = '{other}'")).ShouldBe(1, table);
        }

        (await Store.Accounts.SaveConnectionAsync(Connection(AccountId.Create()))).CardTraderUserId.ShouldBe(3_000_000_001);
    }

    [Fact]
    public async Task Stop_TokenReplacedMeanwhile_ChangesNothing()
    {
        var id = AccountId.Create();
        var refused = await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SaveConnectionAsync(Connection(id, "token-2"));

        (await Store.Accounts.StopAsync(refused, "Make a new token.")).ShouldBeFalse();

        (await Store.Accounts.FindAsync(id))!.MayCall.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_SyncThatWaits_FailsWithTheReason()
    {
        var id = AccountId.Create();
        var account = await Store.Accounts.SaveConnectionAsync(Connection(id));
        var queued = (await Store.Operations.QueueAsync(id, OperationKinds.FullSync))!.Operation;
        var dryRun = (await Store.Operations.TryStartAsync(id, OperationKinds.DryRun))!;

        await Store.Accounts.StopAsync(account, "Make a new token.");

        var failed = (await Store.Operations.FindAsync(queued.Id))!;
        (failed.Status, failed.Error).ShouldBe((OperationStatus.Failed, "Make a new token."));
        (await Store.Operations.FindAsync(dryRun.Id))!.Status.ShouldBe(OperationStatus.Running);
        (await Store.Accounts.FindAsync(id))!.Status.ShouldBe(AccountStatus.Error);
    }

    [Fact]
    public async Task SetStatus_OfARunThatSucceededWhileTheAccountWasStopped_KeepsTheReason()
    {
        var id = AccountId.Create();
        await Store.Accounts.StopAsync(await Store.Accounts.SaveConnectionAsync(Connection(id)), "Make a new token.");

        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, DateTimeOffset.UnixEpoch);

        var account = (await Store.Accounts.FindAsync(id))!;
        (account.Status, account.LastError, account.LastSyncAt).ShouldBe(
            (AccountStatus.Error, "Make a new token.", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task SetStatus_WithoutTime_KeepsTheLastSuccess()
    {
        var id = AccountId.Create();
        var synced = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
        await Store.Accounts.SaveConnectionAsync(Connection(id));
        await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, synced);

        await Store.Accounts.SetStatusAsync(id, AccountStatus.Error, "It broke.", null);

        var account = (await Store.Accounts.FindAsync(id)).ShouldNotBeNull();
        (account.Status, account.LastError, account.LastSyncAt).ShouldBe((AccountStatus.Error, "It broke.", synced));
    }

    [Fact]
    public async Task ReplaceSecrets_TokenChangedMeanwhile_ChangesNothing()
    {
        var id = AccountId.Create();
        var read = await Store.Accounts.SaveConnectionAsync(Connection(id));
        var newer = await Store.Accounts.SaveConnectionAsync(Connection(id, "newer"));

        (await Store.Accounts.ReplaceSecretsAsync(read, "re-encrypted", null)).ShouldBeFalse();
        (await Store.Accounts.FindAsync(id))!.TokenCiphertext.ShouldBe("newer");
        (await Store.Accounts.ReplaceSecretsAsync(newer, "re-encrypted", "secret-2")).ShouldBeTrue();
        (await Store.Accounts.FindAsync(id))!.TokenCiphertext.ShouldBe("re-encrypted");
    }

    [Fact]
    public async Task Stream_SeveralAccounts_GivesEachOnceInOrder()
    {
        var ids = Enumerable.Range(0, 25).Select(_ => new AccountId(Guid.NewGuid())).ToArray();
        foreach (var id in ids)
        {
            await Store.Accounts.SaveConnectionAsync(Connection(id, seller: null));
        }

        var streamed = new List<string>();
        await foreach (var account in Store.Accounts.StreamAsync())
        {
            streamed.Add(account.Id.ToString());
        }

        streamed.ShouldBe(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }
}
