namespace BrxSync.Sync.Stock.Clocks;

/// <summary>Where an instant lies, seen from the window of a read.</summary>
internal enum WindowSide
{
    /// <summary>Earlier than the window: the read has already seen it.</summary>
    Before,

    /// <summary>In the window: the read may or may not have seen it.</summary>
    Inside,

    /// <summary>Later than the window: the read cannot have seen it.</summary>
    After,
}
