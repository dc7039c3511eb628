using System.Text;
using System.Text.Json;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>Full syncs from a running marketplace into a store: what must hold whatever the store is.</summary>
public abstract class FullSyncSuite : MarketplaceSuite
{
    [Fact]
    public async Task Run_FirstUnchangedChanged_EndsInEqualStockEachTime()
    {
        var first = await SyncAsync();
        await ShouldEqualMarketplaceAsync();
        var unchanged = await SyncAsync();
        var edits = Seller.ChangeProducts(changed: 20, added: 5, removed: 7);
        var changed = await SyncAsync();
        await ShouldEqualMarketplaceAsync();

        (first.Status, first.Progress.Created, first.Progress.Percent).ShouldBe((OperationStatus.Completed, Products, 100));
        (unchanged.Progress.Created, unchanged.Progress.Updated, unchanged.Progress.Unchanged).ShouldBe((0, 0, Products));
        (changed.Progress.Created, changed.Progress.Updated, changed.Progress.Removed).ShouldBe(
            (edits.Added.Count, edits.Changed.Count, edits.Removed.Count));
        var account = (await Store.Accounts.FindAsync(Account)).ShouldNotBeNull();
        (account.Status, account.LastError, account.Currency).ShouldBe((AccountStatus.Active, null, "EUR"));
        account.LastSyncAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_Finished_LeavesACompleteRecord()
    {
        var result = await SyncAsync();

        var operation = (await Store.Operations.FindAsync(result.OperationId)).ShouldNotBeNull();
        operation.Status.ShouldBe(OperationStatus.Completed);
        operation.Kind.ShouldBe(OperationKinds.FullSync);
        operation.Progress.ShouldBe(result.Progress);
        var snapshot = (await Store.Snapshots.ListRecentAsync(Account, 5)).ShouldHaveSingleItem();
        (snapshot.OperationId, snapshot.Staged).ShouldBe((result.OperationId, Products));
        (snapshot.Window.To - snapshot.Window.From).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Run_DryRun_TellsThePlanAndWritesNothing()
    {
        await SyncAsync();
        Seller.ChangeProducts(changed: 10, added: 3, removed: 2);
        var before = await ItemsAsync(Account);

        var planned = await SyncAsync(dryRun: true);
        var after = await ItemsAsync(Account);
        var applied = await SyncAsync();

        after.ShouldBe(before, ignoreOrder: true);
        (await Store.Snapshots.ListRecentAsync(Account, 5)).Count.ShouldBe(2);
        planned.Status.ShouldBe(OperationStatus.Completed);
        (planned.Progress.Created, planned.Progress.Updated, planned.Progress.Removed)
            .ShouldBe((applied.Progress.Created, applied.Progress.Updated, applied.Progress.Removed));
        (await Store.Operations.FindAsync(planned.OperationId))!.Kind.ShouldBe(OperationKinds.DryRun);
    }

    [Fact]
    public async Task Run_LargeFall_IsWithheldUntilThreeSnapshotsAgree()
    {
        await SyncAsync();
        Seller.ChangeProducts(changed: 0, added: 0, removed: Products / 2);

        var first = await SyncAsync();
        var untouched = await Store.Inventory.SummarizeAsync(Account);
        var second = await SyncAsync();
        var third = await SyncAsync();

        (first.Status, second.Status, third.Status).ShouldBe(
            (OperationStatus.Withheld, OperationStatus.Withheld, OperationStatus.Completed));
        (first.Progress.Phase, first.Progress.Percent < 100).ShouldBe((SyncPhase.Done, true));
        first.Error.ShouldNotBeNull().ShouldContain($"{Products / 2} of {Products}");
        untouched.InStock.ShouldBe(Products);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_LargeFallAnOperatorVouchesFor_IsApplied()
    {
        await SyncAsync();
        Seller.ChangeProducts(changed: 0, added: 0, removed: Products / 2);

        (await SyncAsync(acceptShrink: true)).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_EmptyExportOfAKnownSeller_RemovesNothing()
    {
        await SyncAsync();
        Seller.ExportBody = "[]"u8.ToArray();

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Withheld);
        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
    }

    public static TheoryData<string, string> BrokenBodies => new()
    {
        { "cut", "ended before" },
        { "html", "maintenance" },
        { "object", "another shape" },
        { "empty", "empty" },
        { "trailing", "after" },
        { "utf8", "UTF-8" },
        { "deep", "deep" },
        { "foreign", "another seller" },
    };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Run_BrokenBody_IsRefusedAndNothingChanges(string fault, string word)
    {
        await SyncAsync();
        var before = await ItemsAsync(Account);
        var whole = Encoding.UTF8.GetString(Seller.RenderExport());
        Seller.ExportBody = fault switch
        {
            "cut" => Encoding.UTF8.GetBytes(whole[..(whole.Length / 2)]),
            "html" => "<!DOCTYPE html><html><body><p>Down for maintenance</p></body></html>"u8.ToArray(),
            "object" => """{"error":"internal"}"""u8.ToArray(),
            "empty" => Array.Empty<byte>(),
            "trailing" => Encoding.UTF8.GetBytes(whole + "\n{}"),
            "utf8" => [.. Encoding.UTF8.GetBytes(whole[..^1]), .. ",{\"id\":1,\"description\":\""u8, 0xC3, 0x28, .. "\"}]"u8],
            "deep" => Encoding.UTF8.GetBytes("[{\"id\":1,\"x\":" + new string('[', 500) + new string(']', 500) + "}]"),
            _ => Encoding.UTF8.GetBytes(whole.Replace($"\"user_id\":{Seller.UserId}", "\"user_id\":424242", StringComparison.Ordinal)),
        };

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Failed);
        result.Error.ShouldNotBeNull().ShouldContain(word, Case.Insensitive);
        (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true);
        (await Store.Operations.FindAsync(result.OperationId))!.Status.ShouldBe(OperationStatus.Failed);
        var account = (await Store.Accounts.FindAsync(Account)).ShouldNotBeNull();
        (account.Status, account.LastError).ShouldBe((AccountStatus.Error, result.Error));

        Seller.ExportBody = null;
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Run_RowsThatCannotBeUsed_AreSkippedAndNamedAndNothingIsRemoved()
    {
        await SyncAsync();
        using var document = JsonDocument.Parse(Seller.RenderExport());
        var rows = document.RootElement.EnumerateArray().Select(row => row.GetRawText()).ToList();
        var kept = rows[..^5];
        var bad = (string[])
        [
            "null",
            """{"id":"12.0","blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR"}""",
            """{"id":77,"blueprint_id":1,"quantity":-1,"price_cents":1,"price_currency":"EUR"}""",
            """{"id":78,"blueprint_id":3000000000,"quantity":1,"price_cents":1,"price_currency":"EUR"}""",
            """{"id":79,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","description":"a\u0000b"}""",
            """{"id":80,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"condition":"\u0000"}}""",
            """{"id":81,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"weight":1e400000}}""",
            """{"id":83,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"E\u0000R"}""",
            """{"id":84,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"a\u0000b":true}}""",
            """{"id":85,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"sizes":[1e400000]}}""",
            """{"id":86,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"weight":1e-20000}}""",
            """{"id":82,"blueprint_id":1,"quantity":1,"price_cents":1,"price_currency":"EUR","properties_hash":{"condition":"\ud800"}}""",
        ];
        Seller.ExportBody = Encoding.UTF8.GetBytes("[" + string.Join(',', kept.Concat(bad)) + "]");

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Withheld);
        (result.Progress.Skipped, result.Progress.Unchanged).ShouldBe((bad.Length, kept.Count));
        for (var i = 0; i < bad.Length; i++)
        {
            result.Reasons.ShouldContain(reason => reason.StartsWith($"row {kept.Count + i} at byte", StringComparison.Ordinal));
        }

        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_SaysWhichOne()
    {
        await using var session = (await Store.Snapshots.TryOpenAsync(Account)).ShouldNotBeNull();
        var operation = (await Store.Operations.TryStartAsync(Account, OperationKinds.FullSync))!;

        var second = SyncAsync();
        await Store.Operations.ReportAsync(operation.AccountId, operation.Id, new SyncProgress());
        var exception = await Should.ThrowAsync<SyncInProgressException>(() => second);

        exception.OperationId.ShouldBe(operation.Id);
        (await Store.Operations.FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Running);
    }

    [Fact]
    public async Task Run_AfterAKilledRun_ClosesItAndSucceeds()
    {
        var abandoned = (await Store.Operations.TryStartAsync(Account, OperationKinds.FullSync))!;

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);

        (await Store.Operations.FindAsync(abandoned.Id))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task Run_AfterARunKilledBetweenCommitAndRecord_ClosesItAsCompleted()
    {
        var killed = (await Store.Operations.TryStartAsync(Account, OperationKinds.FullSync))!;
        await using (var session = (await Store.Snapshots.TryOpenAsync(Account))!)
        {
            await session.StageAsync(new[] { Row(0, 1, 5) });
            var plan = await session.PlanAsync();
            await plan.ApplyAsync(new SnapshotApplication { Record = Record(Sync.Stock.Guard.SnapshotOutcome.Applied, plan, killed.Id) });
        }

        await SyncAsync();

        (await Store.Operations.FindAsync(killed.Id))!.Status.ShouldBe(OperationStatus.Completed);
    }

    [Theory]
    [InlineData(SyncPhase.Connecting)]
    [InlineData(SyncPhase.Planning)]
    [InlineData(SyncPhase.Applying)]
    public async Task Run_Cancelled_RecordsItAndChangesNothing(SyncPhase phase)
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAtPhase(phase, cancellation);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Store.FullSync.RunAsync(new SyncRequest { AccountId = Account }, progress, cancellation.Token));

        (await ItemsAsync(Account)).ShouldBeEmpty();
        var operation = (await Store.Operations.ListAsync(Account, 1)).ShouldHaveSingleItem();
        operation.Status.ShouldBe(OperationStatus.Cancelled);
        (await Store.Accounts.FindAsync(Account))!.Status.ShouldBe(AccountStatus.Idle);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Run_TokenNoLongerValid_FailsWithAdviceAndKeepsTheStock()
    {
        await SyncAsync();
        Seller.Token = "regenerated";

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Failed);
        result.Error.ShouldNotBeNull().ShouldContain("token", Case.Insensitive);
        result.Error.ShouldNotContain("demo-token");
        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
    }

    [Fact]
    public async Task Start_Watched_ProgressNeverFallsAndEndsAtTheResult()
    {
        var run = Store.FullSync.Start(new SyncRequest { AccountId = Account });

        var seen = new List<SyncProgress>();
        await foreach (var progress in run.Progress)
        {
            seen.Add(progress);
        }

        var result = await run.Completion;
        seen.Select(progress => progress.Percent).ShouldBeInOrder();
        seen[^1].Percent.ShouldBe(100);
        seen[^1].Processed.ShouldBe(result.Progress.Processed);
    }

    [Fact]
    public async Task Connect_TokenRefused_StoresNothing()
    {
        var other = AccountId.Create();

        await Should.ThrowAsync<Client.Errors.CardTraderAuthenticationException>(() => Store.AccountService.ConnectAsync(other, "wrong"));

        (await Store.Accounts.FindAsync(other)).ShouldBeNull();
        await Should.ThrowAsync<AccountUnknownException>(() => Store.FullSync.RunAsync(new SyncRequest { AccountId = other }));
    }

    [Fact]
    public async Task Run_ManyAccountsAtOnce_KeepsThemApart()
    {
        await using var another = Store.BuildAnother(Marketplace.BaseAddress);
        var elsewhere = another.GetRequiredService<IFullSync>();
        var accounts = Enumerable.Range(0, Others).Select(_ => AccountId.Create()).ToArray();
        for (var i = 0; i < Others; i++)
        {
            await Store.AccountService.ConnectAsync(accounts[i], $"other-token-{i}");
        }

        var results = await Task.WhenAll(accounts.Select((account, i) =>
            (i % 2 == 0 ? Store.FullSync : elsewhere).RunAsync(new SyncRequest { AccountId = account })));

        results.ShouldAllBe(result => result.Status == OperationStatus.Completed);
        foreach (var account in accounts)
        {
            (await Store.Inventory.SummarizeAsync(account)).InStock.ShouldBe(Products);
        }
    }

    private sealed class CancelAtPhase(SyncPhase phase, CancellationTokenSource cancellation) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value)
        {
            if (value.Phase == phase)
            {
                cancellation.Cancel();
            }
        }
    }
}
