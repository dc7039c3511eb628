using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Stock.Orders;

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
            Parameters.Of(accountId)
                .Text("Id", delivery.Id)
                .Time("eventTime", delivery.EventTime)
                .Text("Cause", delivery.Cause)
                .Number("OrderId", delivery.OrderId)
                .Text("Mode", delivery.Mode)
                .Text("outcome", StoredWords.Of(delivery.Outcome))
                .Text("Note", delivery.Note)
                .Text("report", ToJson(delivery.Report))
                .Text("TraceParent", delivery.TraceParent)
                .Time("now", time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false) == 1;

    public async Task<IReadOnlyList<DeliveryRow>> ListWaitingAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListWaiting, Parameters.Of(accountId).Integer("limit", limit), ReadWaiting, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<DueReread>> ListRereadsAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListRereads,
            Due(accountId, limit, LongestPause.OfReread),
            static row => new DueReread(
                RequestRow.Of(row.Text("Product"), row.Number("AskedBlueprint"), row.Time("AskedAt")),
                new BlueprintId(row.Number("Blueprint")),
                row.Integer("Attempts")),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<DueFetch>> ListFetchesAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListFetches,
            Due(accountId, limit, LongestPause.OfFetch),
            static row => new DueFetch(new OrderId(row.Number("OrderId")), row.Integer("Attempts"), row.Time("AskedAt")),
            cancellationToken).ConfigureAwait(false);

    public Task PostponeRereadsAsync(
        AccountId accountId, IReadOnlyList<DueReread> requests, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        requests.Count == 0
            ? Task.CompletedTask
            : database.ExecuteAsync(
                sql.PostponeRereads,
                Parameters.Of(accountId)
                    .Text("requests", RequestRow.ToJson(requests.Select(due => due.Request)))
                    .Time("notBefore", notBefore),
                cancellationToken);

    public Task PostponeFetchAsync(
        AccountId accountId, OrderId order, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.PostponeFetch, Parameters.Of(accountId).Number("order", order.Value).Time("notBefore", notBefore), cancellationToken);

    public async Task<OrderPosition> GetOrderPositionAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        await database.FindAsync(
            sql.GetOrderPosition,
            Parameters.Of(accountId),
            static row => new OrderPosition(
                row.TimeOrNull("BooksStartedAt"),
                row.TimeOrNull("KnownUntil"),
                row.NumberOrNull("LastOrder") is { } order ? new OrderId(order) : null,
                row.TimeOrNull("PolledAt"),
                row.Flag("HasFetches"),
                row.Flag("HasDeadLetters")),
            cancellationToken).ConfigureAwait(false) ?? new OrderPosition(null, null, null, null);

    public Task SetOrderPositionAsync(
        AccountId accountId, long? seller, OrderPosition position, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.SetOrderPosition,
            Parameters.Of(accountId)
                .Number("seller", seller)
                .Time("knownUntil", position.KnownUntil)
                .Number("lastOrder", position.LastOrder?.Value)
                .Time("polledAt", position.PolledAt),
            cancellationToken);

    public async Task<IReadOnlyList<OrderId>> ListStandingAsync(
        AccountId accountId,
        DateTimeOffset soldSince,
        DateTimeOffset confirmedBefore,
        DateTimeOffset latest,
        CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.ListStanding,
            Parameters.Of(accountId).Time("soldSince", soldSince).Time("confirmedBefore", confirmedBefore).Time("latest", latest),
            static row => new OrderId(row.Number("OrderId")),
            cancellationToken).ConfigureAwait(false);

    private Parameters Due(AccountId accountId, int limit, TimeSpan longestPause)
    {
        var now = time.GetUtcNow();
        return Parameters.Of(accountId).Integer("limit", limit).Time("now", now).Time("latest", now + longestPause);
    }

    private static string? ToJson(OrderReport? report) =>
        report is null ? null : JsonSerializer.Serialize(report, StoreJsonContext.Default.OrderReport);

    private static DeliveryRow ReadWaiting(RowReader row) => new()
    {
        Id = row.Text("Id"),
        EventTime = row.Time("EventTime"),
        Cause = row.Text("Cause"),
        Mode = row.Text("Mode"),
        OrderId = row.NumberOrNull("OrderId"),
        Outcome = DeliveryOutcome.Waiting,
        Report = row.TextOrNull("Report") is { } report ? JsonSerializer.Deserialize(report, StoreJsonContext.Default.OrderReport) : null,
        TraceParent = row.TextOrNull("TraceParent"),
    };
}
