using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>What a reader knows beside the rows that it staged: kept with them, so that another process can go on.</summary>
internal sealed record SnapshotReaderState
{
    public long? SellerId { get; init; }

    public string? FirstCurrency { get; init; }

    public long FirstCurrencyRows { get; init; }

    /// <summary>The indexes of the rows in each other currency.</summary>
    public IReadOnlyDictionary<string, List<int>> OtherCurrencies { get; init; } =
        new Dictionary<string, List<int>>(StringComparer.Ordinal);

    public long BadRows { get; init; }

    public IReadOnlyList<RowFault> BadRowSamples { get; init; } = [];

    /// <summary>Ids that came twice, with the place of their second row.</summary>
    public IReadOnlyDictionary<long, RowFault> Repeats { get; init; } = new Dictionary<long, RowFault>();

    public bool HasRepeats { get; init; }

    public CatalogFilterState Catalog { get; init; } = new();

    public long Processed { get; init; }

    public long Skipped { get; init; }

    public long BytesRead { get; init; }
}
