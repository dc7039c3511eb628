using System.Diagnostics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>
/// The traces and metrics of this package, under the name <see cref="Name"/>. Tags are bounded: never an account or a product.
/// </summary>
public static class SyncDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "BrxSync.Sync";

    internal static ActivitySource ActivitySource { get; } = new(Name);
}
