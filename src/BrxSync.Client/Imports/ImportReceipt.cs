namespace BrxSync.Client.Imports;

/// <summary>CardTrader's answer to an upload.</summary>
public sealed record ImportReceipt : CardTraderRecord
{
    /// <summary>Gets the id of the import.</summary>
    public required ImportId Id { get; init; }

    /// <summary>Gets the name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the size of the file in bytes.</summary>
    public long? FileSize { get; init; }
}
