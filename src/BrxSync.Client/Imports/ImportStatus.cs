namespace BrxSync.Client.Imports;

/// <summary>How far an import is.</summary>
public sealed record ImportStatus : CardTraderRecord
{
    /// <summary>Gets the id of the import.</summary>
    public required ImportId Id { get; init; }

    /// <summary>Gets the number of rows in the file.</summary>
    public int? Count { get; init; }

    /// <summary>Gets the number of rows taken.</summary>
    public int? ImportedCount { get; init; }

    /// <summary>Gets the number of rows refused; see <see cref="IImportsApi.GetSkippedRowsAsync"/>.</summary>
    public int? SkippedCount { get; init; }

    /// <summary>Gets the number of products made.</summary>
    public int? CreateCount { get; init; }

    /// <summary>Gets the number of products changed.</summary>
    public int? UpdateCount { get; init; }

    /// <summary>Gets the number of products deleted.</summary>
    public int? DeleteCount { get; init; }

    /// <summary>Gets why the import failed as a whole.</summary>
    public string? Error { get; init; }

    /// <summary>Gets when the import began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when the import ended.</summary>
    /// <value><see langword="null"/> while it runs.</value>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets the name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the size of the file in bytes.</summary>
    public long? FileSize { get; init; }
}
