namespace BrxSync.Client.Imports;

/// <summary>A CSV file with products of one game. One import per game can run at a time.</summary>
public sealed record CsvImport
{
    /// <summary>Gets the game of all rows.</summary>
    public required GameId GameId { get; init; }

    /// <summary>Gets what to do with the stock that is there.</summary>
    public required CsvImportMode Mode { get; init; }

    /// <summary>Gets what the columns of the file hold, in their order; <c>_</c> skips one. See <see cref="CsvColumns.Known"/>.</summary>
    /// <value>
    /// A row is identified by <c>blueprint_id</c>, <c>scryfall_id</c>, <c>mkm_id</c> or <c>tcgplayer_id</c>, or by <c>name</c> or
    /// <c>collector_number</c> together with a column of the expansion.
    /// </value>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Gets what opens the file at its beginning. Called once for each attempt; the stream is disposed after it.</summary>
    /// <value>UTF-8, or UTF-16 with a byte order mark. It is sent as UTF-8 without one.</value>
    public required Func<Stream> Open { get; init; }

    /// <summary>Gets the name of the file.</summary>
    /// <value><c>products.csv</c></value>
    public string FileName { get; init; } = "products.csv";

    /// <summary>Gets a value indicating whether rows with a wrong property are refused instead of getting a default.</summary>
    /// <value><see langword="true"/></value>
    public bool Strict { get; init; } = true;
}
