namespace BrxSync.Simulator.Imports;

/// <summary>A CSV import, waiting, running or ended.</summary>
internal sealed class CsvImport(long id, SimulatedSeller seller, int gameId, bool replace, string fileName, long fileSize)
{
    public long Id { get; } = id;

    public SimulatedSeller Seller { get; } = seller;

    public int GameId { get; } = gameId;

    public bool Replace { get; } = replace;

    public string FileName { get; } = fileName;

    public long FileSize { get; } = fileSize;

    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }

    public bool Strict { get; init; }

    public int Imported { get; set; }

    public int Created { get; set; }

    public int Updated { get; set; }

    public int Deleted { get; set; }

    public List<string> Skipped { get; } = [];

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
