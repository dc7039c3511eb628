namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>When an account is to be looked at again, as a statement takes it; in microseconds.</summary>
internal sealed record StoredLook(string Account, long? Orders, long? Compare);
