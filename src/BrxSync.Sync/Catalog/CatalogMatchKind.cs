namespace BrxSync.Sync.Catalog;

/// <summary>Names what a catalogue can say about a blueprint.</summary>
public enum CatalogMatchKind
{
    /// <summary>No table links it.</summary>
    Unknown,

    /// <summary>A table links it.</summary>
    Mapped,

    /// <summary>Only tables link it whose prints are not to be synchronized.</summary>
    Excluded,
}
