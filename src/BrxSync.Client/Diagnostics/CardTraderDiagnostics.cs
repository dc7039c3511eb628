using System.Diagnostics;

namespace BrxSync.Client.Diagnostics;

/// <summary>Names the telemetry of this package.</summary>
public static class CardTraderDiagnostics
{
    /// <summary>The name of the activity source and of the meter: <c>BrxSync.Client</c>.</summary>
    public const string Name = "BrxSync.Client";

    internal static readonly ActivitySource Source = new(Name, typeof(CardTraderDiagnostics).Assembly.GetName().Version?.ToString(3));
}
