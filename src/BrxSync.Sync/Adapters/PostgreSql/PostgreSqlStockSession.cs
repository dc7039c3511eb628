using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// One step on an account's stock in two round trips: begin, lock and load; write and commit. Begin and commit travel inside the batches.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="account">The account.</param>
/// <param name="source">
/// Where the connection was taken from, when the session has it and the transaction for itself; null inside somebody else's transaction.
/// </param>
/// <param name="timeoutSeconds">How long a batch may take; null for what the connection says.</param>
internal sealed class PostgreSqlStockSession(
    NpgsqlConnection connection, AccountId account, PostgreSqlDataSource? source, int? timeoutSeconds = null)
    : IStockSession
{
    private readonly bool _isOwner = source is not null;
    private NpgsqlConnection _connection = connection;
    private bool _hasBegun = source is null;

    private StockBatch NewBatch() => new(_connection, account, timeoutSeconds, prepares: source is not { SharesSessions: true });

    public async Task<LoadedBooks> LoadAsync(StockScope scope, CancellationToken cancellationToken = default)
    {
        var slice = await LoadAliveAsync(scope, cancellationToken).ConfigureAwait(false);
        if (!scope.ForChanges && scope.SalesSince is { } since && scope.Products.Count > 0)
        {
            await LoadReadPartsAsync(slice, scope.Products, cancellationToken).ConfigureAwait(false);
            if (scope.BeginsBooks && slice.Account.BooksStart is null)
            {
                await LoadAllOrdersAsync(slice, cancellationToken).ConfigureAwait(false);
            }
            else if (!scope.AllOrders)
            {
                await LoadSalesAsync(slice, scope.Products, slice.SalesSince(since), cancellationToken).ConfigureAwait(false);
            }
        }

        if (scope.ForChanges)
        {
            if (slice.ProductsWithChanges(scope) is { Count: > 0 } products)
            {
                await LoadReadPartsAsync(slice, products, cancellationToken).ConfigureAwait(false);
            }

            if ((scope.SalesSince ?? slice.SalesOfChangesSince) is { } sold)
            {
                await LoadSalesAsync(slice, slice.Products, slice.SalesSince(sold), cancellationToken).ConfigureAwait(false);
            }
        }
        else if (scope.SalesSince is null)
        {
            var more = slice.ListedProducts.Distinct().Except(scope.Products).ToArray();
            if (more.Length > 0)
            {
                await LoadItemsAsync(slice, more, cancellationToken).ConfigureAwait(false);
            }

            if (scope.ForgetsOrders)
            {
                await LoadReadPartsAsync(slice, [.. slice.ListedProducts.Distinct()], cancellationToken).ConfigureAwait(false);
                await LoadReadsUnderWayAsync(slice, cancellationToken).ConfigureAwait(false);
            }
            else if (slice.HeldProducts is { Count: > 0 } held)
            {
                await LoadReadPartsAsync(slice, held, cancellationToken).ConfigureAwait(false);
                if (!scope.AllOrders && slice.SalesOfChangesSince is { } sold)
                {
                    await LoadSalesAsync(slice, held, slice.SalesSince(sold), cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return slice.Build();
    }

    public async Task<long> AddItemAsync(ItemDetails item, CancellationToken cancellationToken = default)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(
                StockStatements.AddItem,
                StockBatch.Integer((int)item.Blueprint.Value),
                StockBatch.Integer(item.PriceCents),
                StockBatch.Text(item.Properties),
                StockBatch.Text(item.Description),
                StockBatch.Text(item.UserDataField),
                StockBatch.Flag(item.Graded));
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return reader.GetInt64(0);
            }
        }
    }

    public Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default) =>
        StockCopies.IsWorthIt(writes)
            ? new LargeStep(NewBatch, _connection, account).SaveAsync(writes, Begin, _isOwner, cancellationToken)
            : SaveFewAsync(writes, cancellationToken);

    public ValueTask DisposeAsync() => _isOwner ? _connection.DisposeAsync() : ValueTask.CompletedTask;

    private async Task SaveFewAsync(StockWrites writes, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            Begin(batch);
            StockWriter.Add(batch, writes);
            if (_isOwner)
            {
                batch.AddPlain("commit");
            }

            if (batch.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // From here on the commit may be on its way: interrupted, nobody would know how it ended.
                await batch.ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Begin(StockBatch batch)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            batch.AddPlain("begin");
        }
    }

    /// <summary>
    /// Loads on the connection as the pool had it. One that was dead is replaced, once, and asked again: until the transaction's first
    /// batch was answered, nothing of the step has happened. This costs no round trip where all is well.
    /// </summary>
    private async Task<StockSlice> LoadAliveAsync(StockScope scope, CancellationToken cancellationToken)
    {
        var isFirst = !_hasBegun;
        try
        {
            return await LoadFirstAsync(scope, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (isFirst && PostgreSqlDataSource.IsDead(_connection, exception))
        {
            _connection = await source!.ReplaceAsync(_connection, cancellationToken).ConfigureAwait(false);
            _hasBegun = false;
            return await LoadFirstAsync(scope, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StockSlice> LoadFirstAsync(StockScope scope, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            Begin(batch);
            batch.Add(StockStatements.LockAccount);
            var readsOrders = scope.AllOrders || scope.Orders.Count > 0;
            if (scope.AllOrders)
            {
                batch.Add(StockStatements.LoadAllOrders);
            }
            else if (readsOrders)
            {
                batch.Add(StockStatements.LoadOrders, StockBatch.Orders(scope.Orders));
            }

            if (scope.ForChanges)
            {
                var (unlinked, linked) = scope.Rows;
                batch.Add(
                    StockStatements.LoadDetails,
                    StockBatch.Numbers(unlinked, id => id),
                    StockBatch.Products(linked),
                    StockBatch.Integer((int)scope.Fields));
                if (scope.References.Count > 0)
                {
                    batch.Add(StockStatements.FindReferences, StockBatch.Texts(scope.References, reference => reference));
                }
            }
            else if (scope.Products.Count > 0)
            {
                batch.Add(StockStatements.LoadItems, StockBatch.Products(scope.Products));
            }

            if (scope.Deliveries.Count > 0)
            {
                batch.Add(StockStatements.FindDeliveries, StockBatch.Texts(scope.Deliveries, id => id));
            }

            if (scope.DeadLetters.Count > 0)
            {
                batch.Add(
                    DeadLetterStatements.Load,
                    StockBatch.Texts(scope.DeadLetters, key => key.Source),
                    StockBatch.Texts(scope.DeadLetters, key => key.Subject));
            }

            if (scope.Feeds.Count > 0)
            {
                batch.Add(FeedStatements.Load, StockBatch.Texts(scope.Feeds, name => name));
            }

            if (scope.Run is { } run)
            {
                batch.Add(StockStatements.FindRun, StockBatch.Text(run.OperationId), StockBatch.Time(run.StartedAt));
            }

            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw new AccountUnknownException(account);
                }

                var slice = new StockSlice(StockRows.Account(reader));
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                if (readsOrders)
                {
                    await StockRows.ReadOrdersAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                if (scope.ForChanges)
                {
                    await StockRows.ReadDetailsAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                    if (scope.References.Count > 0)
                    {
                        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                        {
                            slice.AddReference(reader.GetString(0), reader.GetGuid(1));
                        }

                        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
                else if (scope.Products.Count > 0)
                {
                    await StockRows.ReadItemsAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                if (scope.Deliveries.Count > 0)
                {
                    slice.AppliedDeliveries = await StockRows.ReadTextsAsync(reader, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                if (scope.DeadLetters.Count > 0)
                {
                    await StockRows.ReadDeadLettersAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                if (scope.Feeds.Count > 0)
                {
                    await StockRows.ReadFeedsAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                slice.IsRunLive = scope.Run is null || await reader.ReadAsync(cancellationToken).ConfigureAwait(false);

                return slice;
            }
        }
    }

    private async Task LoadItemsAsync(StockSlice slice, IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(StockStatements.LoadItems, StockBatch.Products(products));
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await StockRows.ReadItemsAsync(reader, slice, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LoadAllOrdersAsync(StockSlice slice, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(StockStatements.LoadAllOrders);
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await StockRows.ReadOrdersAsync(reader, slice, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LoadReadPartsAsync(StockSlice slice, IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(StockStatements.LoadChanges, StockBatch.Products(products));
            batch.Add(StockStatements.LoadRereads, StockBatch.Products(products));
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await StockRows.ReadChangesAsync(reader, slice, cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    slice.AddReread(
                        new ProductId(long.Parse(reader.GetString(0), CultureInfo.InvariantCulture)), StockRows.Time(reader, 1));
                }
            }
        }
    }

    private async Task LoadReadsUnderWayAsync(StockSlice slice, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(RetentionStatements.LoadFetches);
            batch.Add(RetentionStatements.LoadReadBegun);
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    slice.Fetches.Add(new OrderId(reader.GetInt64(0)));
                }

                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                slice.ReadBegunAt = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? StockRows.Time(reader, 0) : null;
            }
        }
    }

    private async Task LoadSalesAsync(
        StockSlice slice, IReadOnlyCollection<ProductId> products, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var orders = new List<OrderId>();
        var find = NewBatch();
        await using (find.ConfigureAwait(false))
        {
            find.Add(StockStatements.FindSales, StockBatch.Products(products), StockBatch.Time(since));
            var reader = await find.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    orders.Add(new OrderId(reader.GetInt64(0)));
                }
            }
        }

        if (orders.Count == 0)
        {
            return;
        }

        var load = NewBatch();
        await using (load.ConfigureAwait(false))
        {
            load.Add(StockStatements.LoadOrders, StockBatch.Orders(orders));
            var reader = await load.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await StockRows.ReadOrdersAsync(reader, slice, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
