namespace BrxSync.Sync.Adapters.Sql.Work;

/// <summary>The statements of <see cref="SqlJobRetryStore"/> in one dialect.</summary>
internal sealed record JobRetryStatements
{
    public required string Find { get; init; }

    /// <summary>Gets what shows an operation as retrying; no row when it has ended.</summary>
    public required string ShowRetrying { get; init; }

    public required string Save { get; init; }

    public required string Remove { get; init; }

    public required string ListDue { get; init; }
}
