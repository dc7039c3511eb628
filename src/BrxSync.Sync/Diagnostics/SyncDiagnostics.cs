using System.Diagnostics;
using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Diagnostics;

/// <summary>The traces and metrics of this package, under the name <see cref="Name"/>. Tags are bounded: never an account or a product.</summary>
public static class SyncDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "BrxSync.Sync";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "brx.sync.items", "{item}", "Rows of snapshots by what became of them.");

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "brx.sync.operations", "{operation}", "Operations by how they ended.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "brx.sync.operation.duration", "s", "How long operations took.");

    private static readonly Counter<long> Drift = Meter.CreateCounter<long>(
        "brx.drift.items", "{item}", "Differences that reconciliations found, by kind.");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "brx.webhook.deliveries", "{delivery}", "Webhook deliveries by what became of them.");

    private static readonly Histogram<double> DeliveryDuration = Meter.CreateHistogram<double>(
        "brx.webhook.duration", "s", "How long it took until a webhook delivery was stored for good.");

    private static readonly Counter<long> Oversells = Meter.CreateCounter<long>(
        "brx.oversell.prevented", "{copy}", "Copies sold beyond what there was; the quantity stayed at 0.");

    internal static ActivitySource ActivitySource { get; } = new(Name);

    internal static void Count(string operationKind, SyncResult result)
    {
        var kind = new KeyValuePair<string, object?>("operation.type", operationKind);
        var outcome = new KeyValuePair<string, object?>("outcome", StoredText.Of(result.Status));
        Operations.Add(1, kind, outcome);
        Duration.Record(result.Progress.Elapsed.TotalSeconds, kind, outcome);
        Add(kind, "created", result.Progress.Created);
        Add(kind, "updated", result.Progress.Updated);
        Add(kind, "unchanged", result.Progress.Unchanged);
        Add(kind, "removed", result.Progress.Removed);
        Add(kind, "skipped", result.Progress.Skipped);
    }

    internal static void Count(SnapshotDrift? drift)
    {
        foreach (var finding in drift?.Findings ?? [])
        {
            Drift.Add(finding.Count, new KeyValuePair<string, object?>("kind", finding.Kind));
        }
    }

    internal static void CountDelivery(DeliveryOutcome outcome, TimeSpan elapsed)
    {
        Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", StoredText.Of(outcome)));
        DeliveryDuration.Record(elapsed.TotalSeconds);
    }

    internal static void CountOversell(int copies) => Oversells.Add(copies);

    private static void Add(KeyValuePair<string, object?> kind, string action, long count)
    {
        if (count > 0)
        {
            Items.Add(count, kind, new KeyValuePair<string, object?>("action", action));
        }
    }
}
