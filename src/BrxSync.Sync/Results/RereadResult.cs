namespace BrxSync.Sync;

/// <summary>What reading products again did.</summary>
public sealed record RereadResult
{
    /// <summary>Gets how many blueprints were read, one call each.</summary>
    public required int Blueprints { get; init; }

    /// <summary>Gets how many products those calls answered for.</summary>
    public required int Products { get; init; }

    /// <summary>Gets how many of their quantities changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Gets how many blueprints could not be read; they are tried again later, and the next full sync reads them too.</summary>
    public required int Postponed { get; init; }

    /// <summary>Gets after what time to run again.</summary>
    /// <value>
    /// <see langword="null"/> when nothing waits. A window is known to about two seconds: so a request is let lie for three, that its read
    /// surely begins after whatever was the reason for it, and meanwhile others of its blueprint join it.
    /// </value>
    public TimeSpan? NextIn { get; init; }
}
