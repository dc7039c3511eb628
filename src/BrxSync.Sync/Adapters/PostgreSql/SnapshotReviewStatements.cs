namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>What keeps an operator's word.</summary>
internal static class SnapshotReviewStatements
{
    /// <summary>
    /// Locks the account's row first: a run that is about to apply is waited for, and the second statement sees what it recorded. One
    /// batch, and so one transaction.
    /// </summary>
    public const string AcceptFall = """
        select 1 from user_sync_settings where user_id = @account for no key update;
        update user_sync_settings a
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
