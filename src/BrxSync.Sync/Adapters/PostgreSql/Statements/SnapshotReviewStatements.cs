namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>What keeps an operator's word.</summary>
internal static class SnapshotReviewStatements
{
    /// <summary>
    /// Locks the account's row first: a run that is about to apply is waited for, and the second statement sees what it recorded. One
    /// batch, and so one transaction.
    /// </summary>
    public const string Accept = """
        select 1 from user_sync_settings where user_id = @account for no key update;
        update user_sync_settings a
        set accepted_fall_linked = s.fall_linked, accepted_fall_seen = s.fall_seen, accepted_currency = s.new_currency
        from (select operation_id, fall_linked, fall_seen, new_currency, can_be_confirmed
              from sync_snapshots where user_id = @account and verdict <> 'refused' order by id desc limit 1) s
        where a.user_id = @account and s.operation_id = @operation and s.can_be_confirmed;
        """;

    /// <summary>A plain read by the primary key.</summary>
    public const string FindAccepted = """
        select accepted_fall_linked as Linked, accepted_fall_seen as Seen, accepted_currency as Currency
        from user_sync_settings where user_id = @account and accepted_fall_linked is not null
        """;
}
