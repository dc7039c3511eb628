using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Operations;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Looks after requests and the inbox, which both dialects do alike; the steps on the stock are each dialect's own.</summary>
/// <param name="database">The pool.</param>
/// <param name="sql">What the dialect says.</param>
/// <param name="time">The clock.</param>
/// <param name="inbox">How deliveries are kept that cannot be applied now; null for the same way as everything.</param>
internal abstract class SqlStockStore(Database database, StockQueries sql, TimeProvider time, Database? inbox = null) : IStockStore
{
    public abstract Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default);

    public async Task<bool> KeepAsync(AccountId accountId, DeliveryRow delivery, CancellationToken cancellationToken = default) =>
        await (inbox ?? database).ExecuteAsync(
            sql.Keep,
            new
            {
                account = accountId.ToString(),
                delivery.Id,
                eventTime = StoredTime.ToMicroseconds(delivery.EventTime),
                delivery.Cause,
                delivery.OrderId,
                delivery.Mode,
                outcome = StoredText.Of(delivery.Outcome),
                delivery.Note,
                report = delivery.Report is { } report ? JsonSerializer.Serialize(report, StoreJsonContext.Default.OrderReport) : null,
                delivery.TraceParent,
                now = StoredTime.Now(time),
            },
            cancellationToken).ConfigureAwait(false) == 1;

    public async Task<IReadOnlyList<DeliveryRow>> ListWaitingAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<WaitingRow>(
            sql.ListWaiting, new { account = accountId.ToString(), limit }, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToDelivery())];
    }

    public async Task<IReadOnlyList<DueReread>> ListRereadsAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<RereadRow>(
            sql.ListRereads, Due(accountId, limit, LongestPause.OfReread), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToDue())];
    }

    public async Task<IReadOnlyList<DueFetch>> ListFetchesAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<FetchRow>(
            sql.ListFetches, Due(accountId, limit, LongestPause.OfFetch), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new DueFetch(new OrderId(row.OrderId), row.Attempts, StoredTime.FromMicroseconds(row.AskedAt)))];
    }

    public Task PostponeRereadsAsync(
        AccountId accountId, IReadOnlyList<DueReread> requests, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        requests.Count == 0
            ? Task.CompletedTask
            : database.ExecuteAsync(
                sql.PostponeRereads,
                new
                {
                    account = accountId.ToString(),
                    requests = RequestRow.ToJson(requests.Select(due => due.Request)),
                    notBefore = StoredTime.ToMicroseconds(notBefore),
                },
                cancellationToken);

    public Task PostponeFetchAsync(AccountId accountId, OrderId order, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.PostponeFetch,
            new { account = accountId.ToString(), order = order.Value, notBefore = StoredTime.ToMicroseconds(notBefore) },
            cancellationToken);

    public async Task<OrderPosition> GetOrderPositionAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<PositionRow>(
            sql.GetOrderPosition, new { account = accountId.ToString() }, cancellationToken).ConfigureAwait(false);
        return row is null ? new OrderPosition(null, null, null, null) : row.ToPosition();
    }

    public Task SetOrderPositionAsync(AccountId accountId, OrderPosition position, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.SetOrderPosition,
            new
            {
                account = accountId.ToString(),
                knownUntil = position.KnownUntil is { } until ? StoredTime.ToMicroseconds(until) : (long?)null,
                lastOrder = position.LastOrder?.Value,
                polledAt = position.PolledAt is { } at ? StoredTime.ToMicroseconds(at) : (long?)null,
            },
            cancellationToken);

    public async Task<IReadOnlyList<OrderId>> ListStandingAsync(
        AccountId accountId, DateTimeOffset soldSince, DateTimeOffset confirmedBefore, DateTimeOffset latest, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<FetchRow>(
            sql.ListStanding,
            new
            {
                account = accountId.ToString(),
                soldSince = StoredTime.ToMicroseconds(soldSince),
                confirmedBefore = StoredTime.ToMicroseconds(confirmedBefore),
                latest = StoredTime.ToMicroseconds(latest),
            },
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new OrderId(row.OrderId))];
    }

    private object Due(AccountId accountId, int limit, TimeSpan longestPause)
    {
        var now = time.GetUtcNow();
        return new
        {
            account = accountId.ToString(),
            limit,
            now = StoredTime.ToMicroseconds(now),
            latest = StoredTime.ToMicroseconds(now + longestPause),
        };
    }

    private sealed class WaitingRow
    {
        public string Id { get; init; } = string.Empty;

        public long EventTime { get; init; }

        public string Cause { get; init; } = string.Empty;

        public string Mode { get; init; } = string.Empty;

        public long? OrderId { get; init; }

        public string? Report { get; init; }

        public string? TraceParent { get; init; }

        public DeliveryRow ToDelivery() => new()
        {
            Id = Id,
            EventTime = StoredTime.FromMicroseconds(EventTime),
            Cause = Cause,
            Mode = Mode,
            OrderId = OrderId,
            Outcome = DeliveryOutcome.Waiting,
            Report = Report is null ? null : JsonSerializer.Deserialize(Report, StoreJsonContext.Default.OrderReport),
            TraceParent = TraceParent,
        };
    }

    private sealed class RereadRow
    {
        public string Product { get; init; } = string.Empty;

        public long AskedBlueprint { get; init; }

        public long Blueprint { get; init; }

        public long AskedAt { get; init; }

        public int Attempts { get; init; }

        public DueReread ToDue() => new(
            new RequestRow { Product = Product, Blueprint = AskedBlueprint, AskedAt = AskedAt }.ToRequest(), new BlueprintId(Blueprint), Attempts);
    }

    private sealed class FetchRow
    {
        public long OrderId { get; init; }

        public int Attempts { get; init; }

        public long AskedAt { get; init; }
    }

    private sealed class PositionRow
    {
        public long? BooksStartedAt { get; init; }

        public long? KnownUntil { get; init; }

        public long? LastOrder { get; init; }

        public long? PolledAt { get; init; }

        public OrderPosition ToPosition() => new(
            StoredTime.FromMicroseconds(BooksStartedAt),
            StoredTime.FromMicroseconds(KnownUntil),
            LastOrder is { } order ? new OrderId(order) : null,
            StoredTime.FromMicroseconds(PolledAt));
    }
}
