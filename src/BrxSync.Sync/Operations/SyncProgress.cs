namespace BrxSync.Sync;

/// <summary>Counters of a running or ended sync.</summary>
public sealed record SyncProgress
{
    /// <summary>Gets what the sync is doing.</summary>
    public SyncPhase Phase { get; init; }

    /// <summary>Gets the percentage done, 0 to 100: it never falls, and is 100 exactly when the sync has ended well.</summary>
    public int Percent { get; init; }

    /// <summary>Gets how many products the export is expected to hold (the linked rows before the run), or 0 when unknown.</summary>
    public long Expected { get; init; }

    /// <summary>Gets how many rows of the export were read.</summary>
    public long Processed { get; init; }

    /// <summary>Gets how many rows are, or will be, created.</summary>
    public long Created { get; init; }

    /// <summary>Gets how many rows are, or will be, updated.</summary>
    public long Updated { get; init; }

    /// <summary>Gets how many rows equal the marketplace already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Gets how many linked rows the complete snapshot lacked for the first time: their quantity becomes 0.</summary>
    public long Removed { get; init; }

    /// <summary>Gets how many rows of the export were left out; the reasons of the result say why.</summary>
    public long Skipped { get; init; }

    /// <summary>Gets how many bytes of the export were read (after decompression).</summary>
    public long BytesRead { get; init; }

    /// <summary>Gets the time since the start.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the rows read per second since the start.</summary>
    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? Processed / Elapsed.TotalSeconds : 0;
}
