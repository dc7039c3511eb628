using System.Globalization;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Reconciliation;

/// <summary>Reconciliations of a store with a running marketplace.</summary>
public abstract class ReconciliationSuite : MarketplaceSuite
{
    private Task<SyncResult> ReconcileAsync() => Store.Reconciliation.RunAsync(Account);

    private async Task<DriftReport> ReportAsync(SyncResult result) =>
        (await Store.DriftReports.FindAsync(result.OperationId)).ShouldNotBeNull();

    private string[] Ids(int count) =>
        [.. Seller
            .GetStock()
            .Select(level => level.ProductId.ToString(CultureInfo.InvariantCulture))
            .Order(StringComparer.Ordinal)
            .Take(count)];

    private Task<int> ChangeBehindTheBackAsync(string assignment, string id) =>
        Store.ExecuteAsync($"update user_inventory_items set {assignment} where external_stock_id = '{id}'");

    [Fact]
    public async Task Run_EqualStock_ReportsNoDriftAndIsASuccess()
    {
        await SyncAsync();
        var before = await ItemsAsync(Account);
        var synced = (await Store.Accounts.FindAsync(Account))!.LastSyncAt;

        var result = await ReconcileAsync();

        (result.Status, result.Progress.Unchanged, result.Progress.Updated).ShouldBe((OperationStatus.Completed, Products, 0));
        var report = await ReportAsync(result);
        (report.IsClean, report.Equal, report.Different, report.Status).ShouldBe((true, Products, 0, OperationStatus.Completed));
        (report.AccountId, report.WindowTo > report.WindowFrom).ShouldBe((Account, true));
        (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true);
        (await Store.Operations.FindAsync(result.OperationId))!.Kind.ShouldBe(OperationKinds.Reconcile);
        (await Store.Accounts.FindAsync(Account))!.LastSyncAt.ShouldNotBeNull().ShouldBeGreaterThan(synced!.Value);
    }

    [Fact]
    public async Task Run_EmptyStock_ReportsEverythingAsMissingHereAndLoadsIt()
    {
        var result = await ReconcileAsync();

        var report = await ReportAsync(result);
        (report.MissingLocal, report.Equal, report.Findings.Count).ShouldBe((Products, 0, 1));
        report.Findings[0].Samples.Select(sample => sample.ProductId.ToString()).ShouldBe(Ids(20));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_EveryKindOfDrift_IsCountedSampledAndRepaired()
    {
        await SyncAsync();
        var expected = await ItemsAsync(Account);
        var ids = Ids(10);
        await ChangeBehindTheBackAsync("quantity = quantity + 7", ids[0]);
        await ChangeBehindTheBackAsync("price_cents = price_cents + 1", ids[1]);
        await ChangeBehindTheBackAsync("blueprint_id = 4711", ids[2]);
        await ChangeBehindTheBackAsync("""properties = '{"condition":"Poor"}'""", ids[3]);
        await ChangeBehindTheBackAsync($"description = '{new string('d', 900)}'", ids[4]);
        await ChangeBehindTheBackAsync("user_data_field = 'shelf 9'", ids[5]);
        await ChangeBehindTheBackAsync("graded = not graded", ids[6]);
        await ChangeBehindTheBackAsync("status = 'missing', missing_count = 2, quantity = 0", ids[7]);
        await ChangeBehindTheBackAsync("quantity = quantity + 1, description = null, user_data_field = 'both'", ids[8]);
        Seller.RemoveProduct(long.Parse(ids[9], CultureInfo.InvariantCulture));
        Seller.ChangeProducts(changed: 0, added: 2);

        var result = await ReconcileAsync();

        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        var report = await ReportAsync(result);
        (report.MissingLocal, report.MissingRemote, report.Different, report.Equal).ShouldBe((2, 1, 9, Products - 10));
        (
            report.Count(DriftKinds.Quantity),
            report.Count(DriftKinds.Price),
            report.Count(DriftKinds.Blueprint),
            report.Count(DriftKinds.Properties))
            .ShouldBe((3, 1, 1, 1));
        (report.Count(DriftKinds.UserDataField), report.Count(DriftKinds.Graded), report.Count(DriftKinds.Status)).ShouldBe((2, 1, 1));
        Sample(report, DriftKinds.Quantity, ids[0]).ShouldSatisfyAllConditions(
            sample => sample.Local.ShouldBe($"{expected[ids[0]].Quantity + 7}"),
            sample => sample.Remote.ShouldBe($"{expected[ids[0]].Quantity}"),
            sample => sample.BlueprintId.ShouldBe(expected[ids[0]].BlueprintId),
            sample => sample.ItemId.ShouldBe(expected[ids[0]].Id));
        Sample(report, DriftKinds.Blueprint, ids[2]).Local.ShouldBe("4711");
        Sample(report, DriftKinds.Properties, ids[3]).Local.ShouldNotBeNull().ShouldContain("Poor");
        Sample(report, DriftKinds.Description, ids[4]).Local.ShouldBe(new string('d', 200));
        Sample(report, DriftKinds.UserDataField, ids[5]).Local.ShouldBe("shelf 9");
        Sample(report, DriftKinds.Graded, ids[6]).Local.ShouldBe(expected[ids[6]].Graded == true ? "false" : "true");
        (Sample(report, DriftKinds.Status, ids[7]).Local, Sample(report, DriftKinds.Status, ids[7]).Remote).ShouldBe(("missing", "active"));
        (Sample(report, DriftKinds.MissingRemote, ids[9]).Remote, report.Findings.Single(
            finding => finding.Kind == DriftKinds.MissingLocal).Samples.Count).ShouldBe((null, 2));
        await ShouldEqualMarketplaceAsync();
        (await ReportAsync(await ReconcileAsync())).IsClean.ShouldBeTrue();
        var repaired = await ItemsAsync(Account);
        foreach (var id in ids[..9])
        {
            repaired[id].ShouldBe(expected[id] with { RowVersion = repaired[id].RowVersion, UpdatedAt = repaired[id].UpdatedAt }, id);
        }
    }

    [Fact]
    public async Task Run_FieldChangedBehindTheBack_IsFoundAlthoughAFullSyncTrustsTheHash()
    {
        await SyncAsync();
        var id = Ids(1)[0];
        await ChangeBehindTheBackAsync("description = 'changed by another program'", id);

        var full = await SyncAsync();
        var reconciled = await ReconcileAsync();

        (full.Progress.Updated, reconciled.Progress.Updated).ShouldBe((0, 1));
        (await ItemsAsync(Account))[id].Description.ShouldNotBe("changed by another program");
    }

    [Fact]
    public async Task Run_ManyDifferences_CountsAllAndNamesTwenty()
    {
        await SyncAsync();
        await Store.ExecuteAsync("update user_inventory_items set price_cents = price_cents + 1");

        var report = await ReportAsync(await ReconcileAsync());

        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Count).ShouldBe((DriftKinds.Price, Products));
        finding.Samples.Select(sample => sample.ProductId.ToString()).ShouldBe(Ids(20));
    }

    [Fact]
    public async Task Run_LargeFall_IsWithheldReportedAndNoSuccess()
    {
        await SyncAsync();
        var synced = (await Store.Accounts.FindAsync(Account))!.LastSyncAt;
        Seller.ChangeProducts(changed: 0, added: 0, removed: Products / 2);

        var result = await ReconcileAsync();

        (result.Status, result.Succeeded).ShouldBe((OperationStatus.Withheld, false));
        var report = await ReportAsync(result);
        (report.Status, report.MissingRemote, report.IsClean).ShouldBe((OperationStatus.Withheld, Products / 2, false));
        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
        var account = (await Store.Accounts.FindAsync(Account)).ShouldNotBeNull();
        (account.LastSyncAt, account.Status, account.LastError).ShouldBe((synced, AccountStatus.Error, result.Error));
    }

    [Fact]
    public async Task Run_BrokenBody_FailsAndLeavesNoReport()
    {
        await SyncAsync();
        var synced = (await Store.Accounts.FindAsync(Account))!.LastSyncAt;
        Seller.ExportBody = "<html>"u8.ToArray();

        var result = await ReconcileAsync();

        result.Status.ShouldBe(OperationStatus.Failed);
        (await Store.DriftReports.FindAsync(result.OperationId)).ShouldBeNull();
        (await Store.Accounts.FindAsync(Account))!.LastSyncAt.ShouldBe(synced);
    }

    [Fact]
    public async Task List_SeveralReports_NewestFirstOfTheAccountAlone()
    {
        var first = await ReconcileAsync();
        var second = await ReconcileAsync();
        var other = AccountId.Create();
        await Store.AccountService.ConnectAsync(other, "other-token-0");
        await Store.Reconciliation.RunAsync(other);

        var reports = await Store.DriftReports.ListAsync(Account, 10);

        reports.Select(report => report.OperationId).ShouldBe([second.OperationId, first.OperationId]);
        (await Store.DriftReports.ListAsync(Account, 1)).Count.ShouldBe(1);
    }

    private static DriftSample Sample(DriftReport report, string kind, string id) =>
        report.Findings.Single(finding => finding.Kind == kind).Samples.Single(sample => sample.ProductId.ToString() == id);
}
