namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>What keeps an operator's word.</summary>
internal static class SnapshotReviewStatements
{
    /// <summary>One statement: SQLite lets one writer in at a time.</summary>
    public const string AcceptFall = """
        update user_sync_settings as a
        set accepted_fall_linked = s.fall_linked, accepted_fall_seen = s.fall_seen
        from (select operation_id, fall_linked, fall_seen, fall_alone
              from sync_snapshots where user_id = @account and verdict <> 'refused' order by id desc limit 1) s
        where a.user_id = @account and s.operation_id = @operation and s.fall_alone;
        """;

    /// <summary>A plain read by the primary key.</summary>
    public const string FindAcceptedFall = """
        select accepted_fall_linked as Linked, accepted_fall_seen as Seen
        from user_sync_settings where user_id = @account and accepted_fall_linked is not null
        """;
}
