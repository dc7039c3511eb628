namespace BrxSync.Sync.Catalog;

/// <summary>What a catalogue says about one blueprint.</summary>
public sealed record CatalogMatch
{
    private CatalogMatch(CatalogMatchKind kind, CatalogPrint? print) => (Kind, Print) = (kind, print);

    /// <summary>Gets the answer for a blueprint that no table links.</summary>
    public static CatalogMatch Unknown { get; } = new(CatalogMatchKind.Unknown, null);

    /// <summary>Gets whether the blueprint is mapped, excluded or unknown.</summary>
    public CatalogMatchKind Kind { get; }

    /// <summary>Gets the local print, or null when the blueprint is unknown.</summary>
    public CatalogPrint? Print { get; }

    /// <summary>Gives the answer for a blueprint that a table links.</summary>
    /// <param name="print">The local print.</param>
    /// <returns>The answer.</returns>
    public static CatalogMatch Mapped(CatalogPrint print) => new(CatalogMatchKind.Mapped, print);

    /// <summary>Gives the answer for a blueprint that only an excluded table links.</summary>
    /// <param name="print">The local print.</param>
    /// <returns>The answer.</returns>
    public static CatalogMatch Excluded(CatalogPrint print) => new(CatalogMatchKind.Excluded, print);
}
