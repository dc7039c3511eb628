using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>Dead letters in SQLite. They are written by steps, one after the other.</summary>
internal static class DeadLetterStatements
{
    private const string Columns = """
        number as Number, user_id as UserId, id as Id, source as Source, kind as Kind, status as Status, item_id as ItemId,
        external_stock_id as ExternalStockId, subject as Subject, attempts as Attempts, error_code as ErrorCode, error as Error,
        payload as Payload, first_failed_at as FirstFailedAt, last_failed_at as LastFailedAt, trace_parent as TraceParent,
        settled_at as SettledAt, settled_by as SettledBy, reason as Reason
        """;

    /// <summary>Plain reads by the indexes on number, on id and on what is open.</summary>
    public static DeadLetterQueries All { get; } = new()
    {
        List = $"""
            select {Columns} from dead_letters
            where user_id = @account and (@source is null or source = @source) and (@status is null or status = @status)
              and (@before is null or number < @before)
            order by number desc limit @limit
            """,
        Find = $"select {Columns} from dead_letters where user_id = @account and id = @id",
        CountOpen = """
            select source as Source, count(*) as Letters from dead_letters
            where status = 'open' and (@account is null or user_id = @account) group by source
            """,
    };

    /// <summary>The latest letter of a key, by the index on subjects.</summary>
    public const string Load = $"""
        select {Columns} from dead_letters
        where user_id = @account and source = @source and subject = @subject order by number desc limit 1
        """;

    /// <summary>The partial unique index makes a second open letter of a key one with the first.</summary>
    public const string Save = """
        insert into dead_letters (user_id, status, id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error, payload,
                                  trace_parent, first_failed_at, last_failed_at)
        values (@account, 'open', @Id, @Source, @Subject, @Kind, @ItemId, @ExternalStockId, @Attempts, @ErrorCode, @Error, @Payload,
                @TraceParent, @now, @now)
        on conflict (user_id, source, subject) where status = 'open' do update
        set kind = excluded.kind, item_id = excluded.item_id, external_stock_id = excluded.external_stock_id,
            attempts = attempts + excluded.attempts, error_code = excluded.error_code, error = excluded.error, payload = excluded.payload,
            trace_parent = excluded.trace_parent, last_failed_at = max(excluded.last_failed_at, last_failed_at)
        """;

    public const string Settle = """
        update dead_letters set status = @Status, settled_at = @now, settled_by = @By, reason = @Reason
        where user_id = @account and source = @Source and subject = @Subject and status = 'open'
        """;
}
