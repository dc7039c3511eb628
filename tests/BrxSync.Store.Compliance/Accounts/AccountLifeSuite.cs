using BrxSync.Client.Errors;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Accounts;

/// <summary>
/// Accounts through their whole life beside a running marketplace: connected, stopped, suspended, removed, also from another process.
/// </summary>
public abstract class AccountLifeSuite : StoreSuite
{
    private readonly ManualTimeProvider _marketplaceTime = new();
    private readonly AccountId _account = AccountId.Create();
    private CardTraderSimulatorHost? _marketplace;
    private ServiceProvider? _elsewhere;

    private CardTraderSimulatorHost Marketplace => _marketplace!;

    /// <summary>The account service of another process on the same store.</summary>
    private IAccounts Elsewhere => _elsewhere!.GetRequiredService<IAccounts>();

    private IOperations OperationsElsewhere => _elsewhere!.GetRequiredService<IOperations>();

    private AccountAccess AccessElsewhere => _elsewhere!.GetRequiredService<AccountAccess>();

    public override async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions { TimeProvider = _marketplaceTime };
        options.Sellers.Add(new SellerOptions { Name = "demo", Token = "demo-token", SharedSecret = "5ec2e7", Products = 50 });
        options.Sellers.Add(new SellerOptions { Name = "other", Token = "other-token", Products = 20 });
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(Marketplace.BaseAddress);
        _elsewhere = Store.BuildAnother(Marketplace.BaseAddress);
        await Store.AccountService.ConnectAsync(_account, "demo-token");
    }

    public override async Task DisposeAsync()
    {
        await _elsewhere!.DisposeAsync();
        await base.DisposeAsync();
        await Marketplace.DisposeAsync();
    }

    private Task<SyncResult> SyncAsync() => Store.FullSync.RunAsync(new SyncRequest { AccountId = _account });

    private async Task<Account> StateAsync() => (await Elsewhere.FindAsync(_account)).ShouldNotBeNull();

    /// <summary>Starts a sync whose export does not come before <see cref="Release"/>.</summary>
    private async Task<Task<SyncResult>> StartHeldSyncAsync()
    {
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Latency = TimeSpan.FromHours(1), Times = 1 });
        var run = SyncAsync();
        await _marketplaceTime.WaitForTimersAsync();
        return run;
    }

    private void Release() => _marketplaceTime.Advance(TimeSpan.FromHours(1));

    private async Task<Operation> NewestAsync() => (await Store.Operations.ListAsync(_account, 1)).ShouldHaveSingleItem();

    [Fact]
    public async Task Connect_SameSellerDuringARun_LeavesTheRunAndLiftsNothingElse()
    {
        var run = await StartHeldSyncAsync();
        Marketplace.Seller().Token = "rotated";

        var account = await Elsewhere.ConnectAsync(_account, "rotated");
        Release();

        account.Status.ShouldBe(AccountStatus.InitialSync);
        (await run).Status.ShouldBe(OperationStatus.Completed);
        (await StateAsync()).Status.ShouldBe(AccountStatus.Active);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Theory]
    [InlineData("suspend", false)]
    [InlineData("suspend", true)]
    [InlineData("remove", false)]
    [InlineData("remove", true)]
    [InlineData("connect", false)]
    [InlineData("connect", true)]
    public async Task End_DuringARun_CancelsItAndTheAccountStaysIdle(string how, bool elsewhere)
    {
        var run = await StartHeldSyncAsync();
        var accounts = elsewhere ? Elsewhere : Store.AccountService;

        await (how switch
        {
            "suspend" => accounts.SuspendAsync(_account),
            "remove" => accounts.RemoveAsync(_account),
            _ => accounts.ConnectAsync(_account, "other-token"),
        });
        var stateAtOnce = await StateAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);

        stateAtOnce.Status.ShouldBe(AccountStatus.Idle);
        var state = await StateAsync();
        (state.Status, state.LastError, state.LastSyncAt).ShouldBe((AccountStatus.Idle, null, null));
        (state.SuspendedAt is not null, !state.IsConnected).ShouldBe((how == "suspend", how == "remove"));
        (await NewestAsync()).Status.ShouldBe(OperationStatus.Cancelled);
        (await ItemsAsync(_account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_RunOfAnotherProcess_AppliesNothingOfIt()
    {
        var run = await StartHeldSyncAsync();
        var operation = await NewestAsync();

        var cancelled = await OperationsElsewhere.CancelAsync(operation.Id);
        Release();

        cancelled.ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
        ((await NewestAsync()).Status, (await StateAsync()).Status).ShouldBe((OperationStatus.Cancelled, AccountStatus.Idle));
        (await ItemsAsync(_account)).ShouldBeEmpty();
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Cancel_OperationThatHasEnded_IsRefusedAndChangesNothing()
    {
        var result = await SyncAsync();

        (await OperationsElsewhere.CancelAsync(result.OperationId)).ShouldBeFalse();
        (await OperationsElsewhere.CancelAsync("none")).ShouldBeFalse();

        ((await NewestAsync()).Status, (await StateAsync()).Status).ShouldBe((OperationStatus.Completed, AccountStatus.Active));
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Cancel_OperationThatWaits_LeavesTheRunOfAnotherAlone()
    {
        await SyncAsync();
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Latency = TimeSpan.FromHours(1), Times = 1 });
        var comparison = Store.Reconciliation.RunAsync(_account);
        await _marketplaceTime.WaitForTimersAsync();
        var waiting = (await Store.Operations.QueueAsync(_account, OperationKinds.FullSync)).ShouldNotBeNull().Operation;

        (await OperationsElsewhere.CancelAsync(waiting.Id)).ShouldBeTrue();
        Release();

        (await comparison).Status.ShouldBe(OperationStatus.Completed);
        (await StateAsync()).Status.ShouldBe(AccountStatus.Active);
        (await Store.Operations.FindAsync(waiting.Id)).ShouldNotBeNull().Status.ShouldBe(OperationStatus.Cancelled);
    }

    [Fact]
    public async Task Watch_RunOfAnotherProcess_TellsOfItUntilItsEnd()
    {
        var run = await StartHeldSyncAsync();
        var operation = await NewestAsync();
        var seen = new List<OperationStatus>();

        await foreach (var state in OperationsElsewhere.WatchAsync(operation.Id))
        {
            seen.Add(state.Status);
            Release();
        }

        (await run).Status.ShouldBe(OperationStatus.Completed);
        (seen[0], seen[^1]).ShouldBe((OperationStatus.Running, OperationStatus.Completed));
    }

    [Fact]
    public async Task Suspend_RunThatCannotBeReached_IsFencedOutAndEndsAsCancelled()
    {
        var run = await StartHeldSyncAsync();

        // Straight into the store: neither the registry of this process nor a sign of life has a part in it.
        await Store.Accounts.SuspendAsync(_account);
        Release();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        (await NewestAsync()).Status.ShouldBe(OperationStatus.Cancelled);
        (await StateAsync()).Status.ShouldBe(AccountStatus.Idle);
        (await ItemsAsync(_account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suspend_ThenResume_CallsAgain()
    {
        await Store.AccountService.SuspendAsync(_account);
        var calls = Marketplace.Calls.Count;

        await Should.ThrowAsync<AccountSuspendedException>(SyncAsync);
        await Should.ThrowAsync<AccountSuspendedException>(
            () => AccessElsewhere.CallAsync(_account, (remote, token) => remote.Account.GetInfoAsync(token), default));

        Marketplace.Calls.Count.ShouldBe(calls);
        await Elsewhere.ResumeAsync(_account);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        (await StateAsync()).Status.ShouldBe(AccountStatus.Active);
    }

    [Fact]
    public async Task Remove_ThenConnect_StartsAnew()
    {
        await SyncAsync();
        await Store.AccountService.RemoveAsync(_account);
        await Should.ThrowAsync<AccountNotConnectedException>(SyncAsync);
        (await ItemsAsync(_account)).Count.ShouldBe(50);
        Store.AccountSecrets.FindWebhookSecret((await Store.Accounts.FindAsync(_account))!).ShouldBeNull();

        var again = await Elsewhere.ConnectAsync(_account, "demo-token");

        (again.Status, again.IsConnected, again.SuspendedAt, again.StoppedAt).ShouldBe((AccountStatus.Idle, true, null, null));
        var result = await SyncAsync();
        (result.Status, result.Progress.Unchanged).ShouldBe((OperationStatus.Completed, 50));
    }

    [Fact]
    public async Task Connect_SellerOfAnotherAccount_IsRefusedUntilItIsRemovedThere()
    {
        var other = AccountId.Create();

        await Should.ThrowAsync<AccountInUseException>(() => Elsewhere.ConnectAsync(other, "demo-token"));

        (await Elsewhere.FindAsync(other)).ShouldBeNull();
        await Store.AccountService.RemoveAsync(_account);
        (await Elsewhere.ConnectAsync(other, "demo-token")).IsConnected.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sync_TokenRefused_StopsEveryCallUntilTheTokenChanges(bool appDisabled)
    {
        await SyncAsync();
        if (appDisabled)
        {
            // The export, and the question whether that was meant.
            Marketplace.Faults.Add(new FaultRule { Status = 403, Action = FaultAction.Status, Times = 2 });
        }
        else
        {
            Marketplace.Seller().Token = "regenerated";
        }

        var refused = await SyncAsync();
        var calls = Marketplace.Calls.Count;

        (refused.Status, refused.Error).ShouldBe((OperationStatus.Failed, AccountAccess.TokenRefused));
        var state = await StateAsync();
        (state.Status, state.LastError, state.StopReason).ShouldBe(
            (AccountStatus.Error, AccountAccess.TokenRefused, AccountAccess.TokenRefused));
        await Should.ThrowAsync<AccountStoppedException>(SyncAsync);
        await Should.ThrowAsync<AccountStoppedException>(() =>
            _elsewhere!.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = _account }));
        await Should.ThrowAsync<AccountStoppedException>(
            () => AccessElsewhere.CallAsync(_account, (remote, token) => remote.Account.GetInfoAsync(token), default));
        Marketplace.Calls.Count.ShouldBe(calls);

        await Elsewhere.ConnectAsync(_account, appDisabled ? "demo-token" : "regenerated");
        (await StateAsync()).Status.ShouldBe(AccountStatus.Active);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        (await StateAsync()).LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Call_TokenRefused_StopsTheAccount()
    {
        Marketplace.Seller().Token = "regenerated";

        await Should.ThrowAsync<CardTraderAuthenticationException>(() =>
            Store.AccountAccess.CallAsync(_account, (remote, token) => remote.Account.GetInfoAsync(token), default));

        (await StateAsync()).StopReason.ShouldBe(AccountAccess.TokenRefused);
    }

    [Fact]
    public async Task Call_TokenRefused_IsConfirmedByOneCall()
    {
        Marketplace.Seller().Token = "regenerated";
        var calls = Marketplace.Calls.Count;

        await Should.ThrowAsync<CardTraderAuthenticationException>(() =>
            Store.AccountAccess.CallAsync(_account, (remote, token) => remote.Catalog.ListGamesAsync(token), default));

        Marketplace.Calls.All().Skip((int)calls).Select(call => call.Path).ShouldBe(["/games", "/info"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Sync_RefusedOnceWhileTheTokenWorks_StopsNothingAndTheNextOneSucceeds(int status)
    {
        Marketplace.Faults.Add(
            new FaultRule { Status = status, Action = FaultAction.Status, Endpoint = "GET /products/export", Times = 1 });

        var refused = await SyncAsync();

        refused.Status.ShouldBe(OperationStatus.Failed);
        refused.Error.ShouldNotBe(AccountAccess.TokenRefused);
        refused.Error!.ShouldContain("the token works");
        (await StateAsync()).StopReason.ShouldBeNull();
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        (await StateAsync()).LastError.ShouldBeNull();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Call_RefusedOnceWhileTheTokenWorks_IsTransientAndStopsNothing(int status)
    {
        Marketplace.Faults.Add(new FaultRule { Status = status, Action = FaultAction.Status, Endpoint = "GET /games" });

        var error = await Should.ThrowAsync<CardTraderException>(() =>
            Store.AccountAccess.CallAsync(_account, (remote, token) => remote.Catalog.ListGamesAsync(token), default));

        error.ShouldBeOfType<CardTraderException>();
        error.IsTransient.ShouldBeTrue();
        error.InnerException.ShouldBeOfType<CardTraderAuthenticationException>();
        (await StateAsync()).StopReason.ShouldBeNull();
    }

    [Fact]
    public async Task Call_RefusedAndNobodyCanBeAskedWhetherThatIsMeant_StopsNothing()
    {
        Marketplace.Faults.Add(new FaultRule { Status = 401, Action = FaultAction.Status, Endpoint = "GET /games" });
        Marketplace.Faults.Add(new FaultRule { Status = 401, Action = FaultAction.Html, Endpoint = "GET /info" });

        var error = await Should.ThrowAsync<CardTraderException>(() =>
            Store.AccountAccess.CallAsync(_account, (remote, token) => remote.Catalog.ListGamesAsync(token), default));

        error.ShouldBeOfType<CardTraderException>();
        error.IsTransient.ShouldBeTrue();
        (await StateAsync()).StopReason.ShouldBeNull();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Sync_PageOfAProxy_StopsNothing(int status)
    {
        Marketplace.Faults.Add(new FaultRule { Status = status, Action = FaultAction.Html, Endpoint = "GET /products/export" });

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Failed);

        (await StateAsync()).StopReason.ShouldBeNull();
        (await AccessElsewhere.GetActiveAsync(_account)).MayCall.ShouldBeTrue();
    }

    [Fact]
    public async Task Connect_TokenRefused_ChangesNothingStored()
    {
        var before = await Store.Accounts.FindAsync(_account);

        await Should.ThrowAsync<CardTraderAuthenticationException>(() => Store.AccountService.ConnectAsync(_account, "wrong"));

        (await Store.Accounts.FindAsync(_account)).ShouldBe(before);
    }

    [Fact]
    public async Task Reencrypt_SecretWithoutAToken_IsEncryptedToo()
    {
        await Store.ExecuteAsync(
            $"update user_sync_settings set cardtrader_token_encrypted = null, webhook_secret = '5ec2e7' where user_id = '{_account}'");
        Store.AccountSecrets.FindWebhookSecret((await Store.Accounts.FindAsync(_account))!).ShouldBe("5ec2e7");

        (await Store.AccountService.ReencryptAsync()).ShouldBe(1);

        var account = (await Store.Accounts.FindAsync(_account))!;
        account.WebhookSecretCiphertext.ShouldNotBe("5ec2e7");
        _elsewhere!.GetRequiredService<AccountSecrets>().FindWebhookSecret(account).ShouldBe("5ec2e7");
        (await Store.AccountService.ReencryptAsync()).ShouldBe(0);
    }
}
