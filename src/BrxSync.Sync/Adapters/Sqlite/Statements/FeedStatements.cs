using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>The cursors of feeds in SQLite.</summary>
internal static class FeedStatements
{
    private const string Columns = """
        f.name as Name, f.position as Position, f.version as Version, f.attempts as Attempts, f.not_before as NotBefore, f.holder as Holder,
        f.paused_at as PausedAt, f.error as Error, f.updated_at as UpdatedAt, a.journal_position as JournalPosition
        """;

    /// <summary>Plain reads, and writes of one row by the primary key.</summary>
    public static FeedQueries All { get; } = new()
    {
        Create = """
            insert into stock_feeds (user_id, name, position, created_at, updated_at)
            select user_id, @name, case when @fromNow then journal_position else 0 end, @now, @now
            from user_sync_settings where user_id = @account and cardtrader_token_encrypted is not null
            on conflict (user_id, name) do nothing
            """,
        Find = $"""
            select {Columns} from stock_feeds f join user_sync_settings a on a.user_id = f.user_id where f.user_id = @account and f.name = @name
            """,
        Save = """
            update stock_feeds
            set position = @position, attempts = @attempts, not_before = @notBefore, holder = @holder, error = @error, version = version + 1,
                updated_at = @now
            where user_id = @account and name = @name and version = @version and paused_at is null
            """,
        ListEntries = $"""
            select {SqliteStatements.JournalColumns} from stock_journal
            where user_id = @account and position > @after order by position limit @limit
            """,
        ListBacklogs = """
            select f.name as Name, coalesce(sum(max(a.journal_position - f.position, 0)), 0) as Entries, min(j.recorded_at) as Oldest,
                   count(f.paused_at) as Paused
            from stock_feeds f
            join user_sync_settings a on a.user_id = f.user_id and a.cardtrader_token_encrypted is not null
            left join stock_journal j on j.user_id = f.user_id and j.position = f.position + 1
            group by f.name
            """,
    };

    public const string Load = $"""
        select {Columns} from stock_feeds f join user_sync_settings a on a.user_id = f.user_id where f.user_id = @account and f.name = @name
        """;

    /// <summary>The step's transaction is the only one that writes.</summary>
    public const string SaveInStep = """
        insert into stock_feeds (user_id, name, position, version, attempts, not_before, holder, paused_at, error, created_at, updated_at)
        values (@account, @Name, @Position, 1, @Attempts, @NotBefore, @Holder, @PausedAt, @Error, @now, @now)
        on conflict (user_id, name) do update
        set position = excluded.position, version = version + 1, attempts = excluded.attempts, not_before = excluded.not_before,
            holder = excluded.holder, paused_at = excluded.paused_at, error = excluded.error, updated_at = excluded.updated_at
        """;
}
