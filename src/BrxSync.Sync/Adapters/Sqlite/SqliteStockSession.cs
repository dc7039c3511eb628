using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>One step on an account's stock: an immediate transaction.</summary>
/// <param name="writers">Gives the step its turn at the first statement; no connection is held before.</param>
/// <param name="account">The account.</param>
/// <param name="outer">
/// The write of somebody else that the step is part of; null when the session has connection and transaction for itself.
/// </param>
/// <param name="time">Tells when rows are written.</param>
internal sealed class SqliteStockSession(SqliteWriters writers, AccountId account, SqliteWrite? outer, TimeProvider time) : IStockSession
{
    private SqliteWrite? _own;

    public async Task<LoadedBooks> LoadAsync(StockScope scope, CancellationToken cancellationToken = default)
    {
        var accounts = await ListAsync(
            StockStatements.ReadAccount, Parameters.Of(account), StockRows.Account, cancellationToken).ConfigureAwait(false);
        var slice = new StockSlice(accounts.Count == 0 ? throw new AccountUnknownException(account) : accounts[0]);
        var loadsAll = scope.AllOrders || (scope.BeginsBooks && slice.Account.BooksStart is null);
        if (loadsAll)
        {
            await LoadOrdersAsync(slice, StockStatements.LoadAllOrders, [], cancellationToken).ConfigureAwait(false);
        }
        else if (scope.Orders.Count > 0)
        {
            await LoadOrdersAsync(slice, StockStatements.LoadOrders, scope.Orders, cancellationToken).ConfigureAwait(false);
        }

        if (scope.ForChanges)
        {
            await LoadForChangesAsync(slice, scope, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await LoadStockAsync(slice, scope, loadsAll, cancellationToken).ConfigureAwait(false);
        }

        if (scope.Deliveries.Count > 0)
        {
            var ids = JsonSerializer.Serialize([.. scope.Deliveries], StoreJsonContext.Default.IReadOnlyListString);
            var applied = await ListAsync(
                StockStatements.FindDeliveries,
                Parameters.Of(account).Text("ids", ids),
                static row => row.Text("delivery_id"),
                cancellationToken).ConfigureAwait(false);
            slice.AppliedDeliveries = applied.ToHashSet(StringComparer.Ordinal);
        }

        if (scope.Run is { } run)
        {
            slice.IsRunLive = (await ListAsync(
                StockStatements.FindRun,
                Parameters.Of(account).Text("operation", run.OperationId).Time("startedAt", run.StartedAt),
                static row => row.FirstNumber(),
                cancellationToken).ConfigureAwait(false)).Count > 0;
        }

        foreach (var name in scope.Feeds)
        {
            slice.Feeds.AddRange(await ListAsync(
                FeedStatements.Load, Parameters.Of(account).Text("name", name), FeedRow.Read, cancellationToken).ConfigureAwait(false));
        }

        foreach (var key in scope.DeadLetters)
        {
            slice.DeadLetters.AddRange(await ListAsync(
                DeadLetterStatements.Load,
                Parameters.Of(account).Text("source", key.Source).Text("subject", key.Subject),
                static row => DeadLetterRow.Read(row).Letter,
                cancellationToken).ConfigureAwait(false));
        }

        return slice.Build();
    }

    public async Task<long> AddItemAsync(ItemDetails item, CancellationToken cancellationToken = default)
    {
        var ids = await ListAsync(
            StockStatements.AddItem,
            Parameters.Of(account)
                .Number("Blueprint", item.Blueprint.Value)
                .Integer("PriceCents", item.PriceCents)
                .Text("Properties", item.Properties)
                .Text("Description", item.Description)
                .Text("UserDataField", item.UserDataField)
                .Integer("Graded", item.Graded is { } graded ? (graded ? 1 : 0) : null)
                .Time("now", time.GetUtcNow()),
            static row => row.FirstNumber()!.Value,
            cancellationToken).ConfigureAwait(false);
        return ids[0];
    }

    public async Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default)
    {
        foreach (var (sql, rows) in SqliteStockWriter.Statements(account, writes, time.GetUtcNow()))
        {
            await ExecuteEachAsync(sql, rows, cancellationToken).ConfigureAwait(false);
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

    private static string Json(IEnumerable<ProductId> products) =>
        "[" + string.Join(',', products.Select(product => $"\"{product}\"")) + "]";

    private async Task LoadOrdersAsync(StockSlice slice, string sql, IEnumerable<OrderId> orders, CancellationToken cancellationToken)
    {
        await foreach (var (order, line) in StreamAsync(
            sql, Parameters.Of(account).Text("ids", Json(orders)), StockRows.Order, cancellationToken).ConfigureAwait(false))
        {
            slice.Add(order);
            if (line is { } sold)
            {
                slice.Add(order.Id, sold);
            }
        }
    }

    private async Task LoadItemsAsync(StockSlice slice, IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        await foreach (var item in StreamAsync(
            StockStatements.LoadItems,
            Parameters.Of(account).Text("products", Json(products)),
            row => StockRows.Item(row, slice.Account),
            cancellationToken).ConfigureAwait(false))
        {
            slice.Add(item);
        }
    }

    private async Task LoadStockAsync(StockSlice slice, StockScope scope, bool hasAllOrders, CancellationToken cancellationToken)
    {
        await LoadItemsAsync(
            slice,
            scope.SalesSince is null ? [.. scope.Products.Union(slice.ListedProducts)] : scope.Products,
            cancellationToken).ConfigureAwait(false);
        if (scope.SalesSince is { } since)
        {
            await LoadReadPartsAsync(slice, scope.Products, hasAllOrders ? null : since, cancellationToken).ConfigureAwait(false);
        }
        else if (scope.ForgetsOrders)
        {
            await LoadReadPartsAsync(slice, [.. slice.ListedProducts.Distinct()], null, cancellationToken).ConfigureAwait(false);
            slice.Fetches.AddRange(await ListAsync(
                RetentionStatements.LoadFetches,
                Parameters.Of(account),
                static row => new OrderId(row.FirstNumber()!.Value),
                cancellationToken).ConfigureAwait(false));
            slice.ReadBegunAt = (await ListAsync(
                RetentionStatements.LoadReadBegun,
                Parameters.Of(account),
                static row => row.TimeOrNull("ReadBegun"),
                cancellationToken).ConfigureAwait(false)).SingleOrDefault();
        }
        else if (slice.HeldProducts is { Count: > 0 } held)
        {
            await LoadReadPartsAsync(slice, held, null, cancellationToken).ConfigureAwait(false);
            if (!hasAllOrders && slice.SalesOfChangesSince is { } sold)
            {
                await LoadSalesAsync(slice, held, sold, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LoadForChangesAsync(StockSlice slice, StockScope scope, CancellationToken cancellationToken)
    {
        var (ids, products) = scope.Rows;
        var parameters = Parameters.Of(account)
            .Text("ids", $"[{string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]")
            .Text("products", Json(products))
            .Text("references", JsonSerializer.Serialize([.. scope.References], StoreJsonContext.Default.IReadOnlyListString));
        foreach (var sql in (string[])[StockStatements.LoadDetailsById, StockStatements.LoadDetailsByProduct])
        {
            await foreach (var (item, details) in StreamAsync(
                sql, parameters, row => StockRows.Details(row, slice.Account), cancellationToken).ConfigureAwait(false))
            {
                slice.Add(item);
                slice.Add(details);
            }
        }

        await foreach (var (reference, change) in StreamAsync(
            StockStatements.FindReferences,
            parameters,
            static row => (row.Text("Reference"), row.Uuid("Id")),
            cancellationToken).ConfigureAwait(false))
        {
            slice.AddReference(reference, change);
        }

        if (slice.ProductsWithChanges(scope) is { Count: > 0 } changed)
        {
            await LoadReadPartsAsync(slice, changed, null, cancellationToken).ConfigureAwait(false);
        }

        if ((scope.SalesSince ?? slice.SalesOfChangesSince) is { } since)
        {
            await LoadSalesAsync(slice, slice.Products, since, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LoadReadPartsAsync(
        StockSlice slice, IReadOnlyCollection<ProductId> products, DateTimeOffset? salesSince, CancellationToken cancellationToken)
    {
        var parameters = Parameters.Of(account).Text("products", Json(products));
        await foreach (var change in StreamAsync(
            StockStatements.LoadChanges, parameters, StockRows.Change, cancellationToken).ConfigureAwait(false))
        {
            slice.Add(change);
        }

        await foreach (var (product, askedAt) in StreamAsync(
            StockStatements.LoadRereads, parameters, StockRows.Reread, cancellationToken).ConfigureAwait(false))
        {
            slice.AddReread(product, askedAt);
        }

        if (salesSince is { } since)
        {
            await LoadSalesAsync(slice, products, since, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LoadSalesAsync(
        StockSlice slice, IReadOnlyCollection<ProductId> products, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var sales = await ListAsync(
            StockStatements.FindSales,
            Parameters.Of(account).Text("products", Json(products)).Time("since", slice.SalesSince(since)),
            static row => row.FirstNumber() ?? 0,
            cancellationToken).ConfigureAwait(false);
        await LoadOrdersAsync(slice, StockStatements.LoadOrders, sales.Select(order => new OrderId(order)), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<List<T>> ListAsync<T>(
        string sql, Parameters parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        var write = await TurnAsync(cancellationToken).ConfigureAwait(false);
        return await write.Connection.ListAsync(new Statement(sql, parameters, write.Transaction), read, cancellationToken)
            .ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Parameters parameters, Func<RowReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var write = await TurnAsync(cancellationToken).ConfigureAwait(false);
        var rows = write.Connection.StreamAsync(new Statement(sql, parameters, write.Transaction), read, cancellationToken);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            yield return row;
        }
    }

    /// <summary>Not to be cancelled half way: the statements are short, and what they wrote is decided by the commit.</summary>
    private async Task ExecuteEachAsync(string sql, IReadOnlyList<Parameters> rows, CancellationToken cancellationToken)
    {
        var write = await TurnAsync(cancellationToken).ConfigureAwait(false);
        await write.Connection.ExecuteEachAsync(new Statement(sql, Transaction: write.Transaction), rows, CancellationToken.None)
            .ConfigureAwait(false);
    }

    private async ValueTask<SqliteWrite> TurnAsync(CancellationToken cancellationToken) =>
        outer ?? (_own ??= await writers.BeginAsync(within: null, cancellationToken).ConfigureAwait(false));
}
