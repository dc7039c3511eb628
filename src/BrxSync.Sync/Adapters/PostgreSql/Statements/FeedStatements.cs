using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>The cursors of feeds in PostgreSQL.</summary>
internal static class FeedStatements
{
    private const string Now = "to_timestamp(@now / 1000000.0)";

    private const string Columns = """
        f.name as Name, f.position as Position, f.version as Version, f.attempts::bigint as Attempts,
        (extract(epoch from f.not_before) * 1000000)::bigint as NotBefore, f.holder as Holder,
        (extract(epoch from f.paused_at) * 1000000)::bigint as PausedAt, f.error as Error,
        (extract(epoch from f.updated_at) * 1000000)::bigint as UpdatedAt, a.journal_position as JournalPosition
        """;

    /// <summary>Plain reads, and writes of one row by the primary key, which wait only for a step on the same row.</summary>
    public static FeedQueries All { get; } = new()
    {
        Create = $"""
            insert into stock_feeds (user_id, name, position, created_at, updated_at)
            select user_id, @name, case when @fromNow then journal_position else 0 end, {Now}, {Now}
            from user_sync_settings where user_id = @account::uuid and cardtrader_token_encrypted is not null
            on conflict (user_id, name) do nothing
            """,
        Find = $"""
            select {Columns} from stock_feeds f join user_sync_settings a on a.user_id = f.user_id
            where f.user_id = @account::uuid and f.name = @name
            """,
        Save = $"""
            update stock_feeds
            set position = @position, attempts = @attempts, not_before = to_timestamp(@notBefore / 1000000.0), holder = @holder, error = @error,
                version = version + 1, updated_at = {Now}
            where user_id = @account::uuid and name = @name and version = @version and paused_at is null
            """,
        ListEntries = $"""
            select {PostgreSqlStatements.JournalColumns} from stock_journal j
            where j.user_id = @account::uuid and j.position > @after order by j.position limit @limit
            """,
        ListBacklogs = """
            select f.name as Name, coalesce(sum(greatest(a.journal_position - f.position, 0)), 0)::bigint as Entries,
                   (extract(epoch from min(j.recorded_at)) * 1000000)::bigint as Oldest, count(f.paused_at) as Paused
            from stock_feeds f
            join user_sync_settings a on a.user_id = f.user_id and a.cardtrader_token_encrypted is not null
            left join stock_journal j on j.user_id = f.user_id and j.position = f.position + 1
            group by f.name
            """,
    };

    /// <summary>The rows stay locked until the step ends, so that a cursor cannot move meanwhile. $1 is the account.</summary>
    public const string Load = $"""
        select {Columns} from stock_feeds f join user_sync_settings a on a.user_id = f.user_id
        where f.user_id = $1 and f.name = any($2::text[]) for update of f
        """;

    /// <summary>The step holds the account, and the rows that there were.</summary>
    public const string SaveInStep = """
        insert into stock_feeds as f (user_id, name, position, version, attempts, not_before, holder, paused_at, error, created_at, updated_at)
        select $1, n.name, n.position, 1, n.attempts, n.not_before, n.holder, n.paused_at, n.error, now(), now()
        from unnest($2::text[], $3::bigint[], $4::integer[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::text[])
             n (name, position, attempts, not_before, holder, paused_at, error)
        on conflict (user_id, name) do update
        set position = excluded.position, version = f.version + 1, attempts = excluded.attempts, not_before = excluded.not_before,
            holder = excluded.holder, paused_at = excluded.paused_at, error = excluded.error, updated_at = now()
        """;
}
