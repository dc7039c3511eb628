using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Store.Compliance.Runs;

/// <summary>The sweep is told of every account that something is due for, and of no other.</summary>
public abstract class WorkStoreSuite : StoreSuite
{
    private static readonly WorkHorizon Horizon = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1));
    private static readonly DateTimeOffset FirstSync = DateTimeOffset.UnixEpoch.AddDays(1);

    /// <summary>What makes work, after "select a.user_id" of the account.</summary>
    public static TheoryData<string, string, string> Sources { get; } = new()
    {
        { "HasRereads", "reread_requests (user_id, external_stock_id, blueprint_id, asked_at)", "'1', 1, a.created_at" },
        { "HasOrderFetches", "order_fetches (user_id, order_id, asked_at)", "1, a.created_at" },
        {
            "HasDeliveries",
            "webhook_inbox (user_id, delivery_id, event_time, cause, mode, outcome, received_at)",
            "'d', a.created_at, 'order.create', 'live', 'waiting', a.created_at"
        },
    };

    // As precise as it is stored.
    private static DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private static string Waits(AccountWork work) => string.Join(
        ' ',
        new[]
        {
            work.HasRereads ? "HasRereads" : null,
            work.HasOrderFetches ? "HasOrderFetches" : null,
            work.HasDeliveries ? "HasDeliveries" : null,
            work.HasChanges ? "HasChanges" : null,
            work.HasSync ? "HasSync" : null,
            work.HasFeed ? "HasFeed" : null,
        }.Where(name => name is not null));

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task ListDue_AnythingWaits_IsThatAccountAlone(string name, string table, string values)
    {
        var accounts = await ConnectManyAsync(3);
        var suspended = await ConnectAsync();
        await Store.Accounts.SuspendAsync(suspended);
        (await Store.ListDueAsync()).ShouldBeEmpty();

        await InsertAsync(accounts[1], table, values);
        await InsertAsync(suspended, table, values);

        (await Store.ListDueAsync()).Select(work => (work.AccountId, Waits(work))).ShouldBe([(accounts[1], name)]);
        (await Store.Work.FindAsync(accounts[1])).ShouldNotBeNull().ShouldBe((await Store.ListDueAsync())[0]);
        (await Store.Work.FindAsync(suspended)).ShouldBeNull();
    }

    [Fact]
    public async Task ListDue_QueuedSync_IsThatAccountAlone()
    {
        var accounts = await ConnectManyAsync(3);

        await Store.Operations.QueueAsync(accounts[2], OperationKinds.FullSync);

        var work = (await Store.ListDueAsync()).ShouldHaveSingleItem();
        work.ShouldBe(new AccountWork
        {
            AccountId = accounts[2],
            HasSync = true,
            LastSyncAt = FirstSync,
            OrdersDueAt = work.OrdersDueAt,
            CompareDueAt = work.CompareDueAt,
            ComparedAt = (await Store.Operations.FindLiveAsync(accounts[2], OperationKinds.FullSync))!.CreatedAt,
        });
    }

    [Fact]
    public async Task ListDue_NewAccounts_AreAllOfThemPageByPage()
    {
        var accounts = new List<AccountId>();
        for (var i = 0; i < 7; i++)
        {
            accounts.Add(await ConnectAsync());
        }

        var listed = new List<AccountId>();
        IReadOnlyList<AccountWork> page;
        do
        {
            page = await Store.Work.ListDueAsync(Horizon, listed.Count == 0 ? null : listed[^1], 3);
            listed.AddRange(page.Select(work => work.AccountId));
        }
        while (page.Count == 3);

        listed.ShouldBe(accounts.OrderBy(account => account.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task ListDue_TimesThatWerePlanned_AreDueWhenTheyComeOrCannotBeRight()
    {
        var accounts = await ConnectManyAsync(6);
        var now = Now();
        await Store.Work.PlanAsync(
        [
            new NextLook { AccountId = accounts[0], OrdersDueAt = now.AddMinutes(-1) },
            new NextLook { AccountId = accounts[1], OrdersDueAt = now.AddMinutes(1) },
            new NextLook { AccountId = accounts[2], CompareDueAt = now.AddMinutes(-1) },
            new NextLook { AccountId = accounts[3], OrdersDueAt = now.AddHours(3) },
            new NextLook { AccountId = accounts[4], CompareDueAt = now.AddHours(3) },
        ]);

        (await Store.ListDueAsync()).Select(work => work.AccountId)
            .ShouldBe([accounts[0], accounts[2], accounts[3], accounts[4]], ignoreOrder: true);
        (await Store.Work.FindAsync(accounts[1]))!.OrdersDueAt.ShouldBe(now.AddMinutes(1));
        (await Store.Work.FindAsync(accounts[1]))!.CompareDueAt.ShouldNotBeNull("what is not given stays").ShouldBeGreaterThan(now);
    }

    [Fact]
    public async Task ListDue_NeverSynchronized_IsNotAskedForOrders()
    {
        var account = await ConnectAsync();

        await Store.Work.PlanAsync([new NextLook { AccountId = account, CompareDueAt = Now().AddMinutes(30) }]);

        (await Store.ListDueAsync()).ShouldBeEmpty();
    }

    /// <summary>Connects accounts that were synchronized and that nothing is due for.</summary>
    private async Task<AccountId[]> ConnectManyAsync(int count)
    {
        var accounts = new List<AccountId>();
        for (var i = 0; i < count; i++)
        {
            var account = await ConnectAsync();
            await Store.Accounts.SetStatusAsync(account, AccountStatus.Active, null, FirstSync);
            accounts.Add(account);
        }

        var later = Now().AddMinutes(30);
        await Store.Work.PlanAsync(
            [.. accounts.Select(account => new NextLook { AccountId = account, OrdersDueAt = later, CompareDueAt = later })]);
        return [.. accounts.OrderBy(account => account.ToString(), StringComparer.Ordinal)];
    }

    private Task<int> InsertAsync(AccountId account, string table, string values) => Store.ExecuteAsync(
        $"insert into {table} select a.user_id, {values} "
        + $"from user_sync_settings a where a.user_id = '{account}'");
}
