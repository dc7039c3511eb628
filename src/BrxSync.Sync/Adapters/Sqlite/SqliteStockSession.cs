using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Stock;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>One step on an account's stock: an immediate transaction.</summary>
/// <param name="writers">Gives the step its turn at the first statement; no connection is held before.</param>
/// <param name="account">The account.</param>
/// <param name="outer">The write of somebody else that the step is part of; null when the session has connection and transaction for itself.</param>
/// <param name="time">Tells when rows are written.</param>
internal sealed class SqliteStockSession(SqliteWriters writers, AccountId account, SqliteWrite? outer, TimeProvider time) : IStockSession
{
    private readonly string _account = account.ToString();
    private SqliteWrite? _own;

    public IReadOnlySet<string> AppliedDeliveries { get; private set; } = ImmutableHashSet<string>.Empty;

    public async Task<Books> LoadAsync(StockScope scope, CancellationToken cancellationToken = default)
    {
        var accounts = await QueryAsync<AccountStockRow>(StockStatements.ReadAccount, new { account = _account }, cancellationToken).ConfigureAwait(false);
        var slice = new StockSlice(accounts.Count == 0 ? throw new AccountUnknownException(account) : accounts[0].ToAccount());
        var loadsAll = scope.AllOrders || (scope.BeginsBooks && slice.Account.BooksStart is null);
        if (loadsAll)
        {
            await LoadOrdersAsync(slice, StockStatements.LoadAllOrders, [], cancellationToken).ConfigureAwait(false);
        }
        else if (scope.Orders.Count > 0)
        {
            await LoadOrdersAsync(slice, StockStatements.LoadOrders, scope.Orders, cancellationToken).ConfigureAwait(false);
        }

        await LoadItemsAsync(
            slice,
            scope.SalesSince is null ? [.. scope.Products.Union(slice.ListedProducts)] : scope.Products,
            cancellationToken).ConfigureAwait(false);
        if (scope.SalesSince is { } since)
        {
            await LoadReadPartsAsync(slice, scope, loadsAll ? null : since, cancellationToken).ConfigureAwait(false);
        }

        if (scope.Deliveries.Count > 0)
        {
            var applied = await QueryAsync<string>(
                StockStatements.FindDeliveries,
                new { account = _account, ids = JsonSerializer.Serialize([.. scope.Deliveries], StoreJsonContext.Default.IReadOnlyListString) },
                cancellationToken).ConfigureAwait(false);
            AppliedDeliveries = applied.ToHashSet(StringComparer.Ordinal);
        }

        return slice.Build();
    }

    public async Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default)
    {
        foreach (var (sql, rows) in SqliteStockWriter.Statements(_account, writes, StoredTime.Now(time)))
        {
            await ExecuteAsync(sql, rows, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_own is { } write)
        {
            await write.CommitAsync().ConfigureAwait(false);
            _own = null;
            await write.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is { } write)
        {
            await write.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Json(IEnumerable<OrderId> orders) =>
        "[" + string.Join(',', orders.Select(order => order.Value.ToString(CultureInfo.InvariantCulture))) + "]";

    private static string Json(IEnumerable<ProductId> products) => "[" + string.Join(',', products.Select(product => $"\"{product}\"")) + "]";

    private async Task LoadOrdersAsync(StockSlice slice, string sql, IEnumerable<OrderId> orders, CancellationToken cancellationToken)
    {
        foreach (var row in await QueryAsync<OrderLineRow>(sql, new { account = _account, ids = Json(orders) }, cancellationToken).ConfigureAwait(false))
        {
            row.AddTo(slice);
        }
    }

    private async Task LoadItemsAsync(StockSlice slice, IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        foreach (var row in await QueryAsync<StockItemRow>(
            StockStatements.LoadItems, new { account = _account, products = Json(products) }, cancellationToken).ConfigureAwait(false))
        {
            slice.Add(row.ToItem(slice.Account));
        }
    }

    private async Task LoadReadPartsAsync(StockSlice slice, StockScope scope, DateTimeOffset? salesSince, CancellationToken cancellationToken)
    {
        var parameters = new { account = _account, products = Json(scope.Products) };
        foreach (var row in await QueryAsync<ChangeRow>(StockStatements.LoadChanges, parameters, cancellationToken).ConfigureAwait(false))
        {
            slice.Add(row.ToChange());
        }

        foreach (var row in await QueryAsync<AskedRow>(StockStatements.LoadRereads, parameters, cancellationToken).ConfigureAwait(false))
        {
            slice.AddReread(StockTimes.Product(row.Product), StoredTime.FromMicroseconds(row.AskedAt));
        }

        if (salesSince is { } since)
        {
            var sales = await QueryAsync<long>(
                StockStatements.FindSales,
                new { account = _account, products = Json(scope.Products), since = StoredTime.ToMicroseconds(slice.SalesSince(since)) },
                cancellationToken).ConfigureAwait(false);
            await LoadOrdersAsync(slice, StockStatements.LoadOrders, sales.Select(order => new OrderId(order)), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        var write = await TurnAsync(cancellationToken).ConfigureAwait(false);
        return (await write.Connection.QueryAsync<T>(
            new CommandDefinition(sql, parameters, write.Transaction, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var write = await TurnAsync(cancellationToken).ConfigureAwait(false);
        await write.Connection.ExecuteAsync(sql, parameters, write.Transaction).ConfigureAwait(false);
    }

    private async ValueTask<SqliteWrite> TurnAsync(CancellationToken cancellationToken) =>
        outer ?? (_own ??= await writers.BeginAsync(within: null, cancellationToken).ConfigureAwait(false));
}
