using BrxSync.Client;
using BrxSync.Store.Compliance.Adapters.Sqlite;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Store.Compliance.Rereads;

/// <summary>Requests for reads that could not be met and wait, however many they are.</summary>
public abstract class RereadRequestSuite : StoreSuite
{
    private const int Many = 3000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.Services.AddSingleton<TimeProvider>(_time);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Postpone_ManyRequests_AreAllDueLater()
    {
        var account = await AskedAsync(Many);
        var half = (await DueAsync(account)).Where(due => due.Request.Product!.Value.Value % 2 == 0).ToArray();

        await Store.Stock.PostponeRereadsAsync(account, half, _time.GetUtcNow() + Pause);

        (await DueAsync(account)).ShouldAllBe(due => due.Attempts == 0 && due.Request.Product!.Value.Value % 2 == 1);
        _time.Advance(Pause);
        var later = await DueAsync(account);
        later.Count.ShouldBe(Many);
        later.Count(due => due.Attempts == 1).ShouldBe(half.Length);
    }

    [Fact]
    public async Task Postpone_RequestsThatAreGone_PostponesTheOthersAndMakesNone()
    {
        var account = await AskedAsync(2);
        var other = await AskedAsync(2);

        DueReread[] asked = [Request(1), Request(7), Request(null, 1), Request(1, 2)];
        await Store.Stock.PostponeRereadsAsync(account, asked, _time.GetUtcNow() + Pause);

        (await DueAsync(account)).ShouldHaveSingleItem().Request.Product.ShouldBe(new ProductId(2));
        (await DueAsync(other)).Count.ShouldBe(2);
        _time.Advance(Pause);
        (await DueAsync(account)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Postpone_TheSameRequestTwice_CountsOneAttempt()
    {
        var account = await AskedAsync(1);

        await Store.Stock.PostponeRereadsAsync(account, [Request(1), Request(1)], _time.GetUtcNow() + Pause);

        _time.Advance(Pause);
        (await DueAsync(account)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Postpone_Nothing_ChangesNothing()
    {
        var account = await AskedAsync(1);

        await Store.Stock.PostponeRereadsAsync(account, [], _time.GetUtcNow() + Pause);

        (await DueAsync(account)).ShouldHaveSingleItem().Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Postpone_RequestOfAWholeBlueprint_IsDueLater()
    {
        var account = await AskedAsync(0, Request(null, 5));

        await Store.Stock.PostponeRereadsAsync(account, [Request(null, 5)], _time.GetUtcNow() + Pause);

        (await DueAsync(account)).ShouldBeEmpty();
        _time.Advance(Pause);
        (await DueAsync(account)).ShouldHaveSingleItem().Blueprint.ShouldBe(new BlueprintId(5));
    }

    private async Task<AccountId> AskedAsync(int count, params DueReread[] more)
    {
        var account = await ConnectAsync();
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites
        {
            Rereads = [.. Enumerable.Range(1, count).Select(product => Request(product)).Concat(more).Select(due => due.Request)],
        });
        return account;
    }

    private Task<IReadOnlyList<DueReread>> DueAsync(AccountId account) => Store.Stock.ListRereadsAsync(account, Many * 2);

    private DueReread Request(long? product, long blueprint = 1) => new(
        new RereadRequest(product is { } id ? new ProductId(id) : null, new BlueprintId(blueprint), _time.GetUtcNow()),
        new BlueprintId(blueprint),
        0);
}

public sealed class SqliteRereadRequestTests : RereadRequestSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}
