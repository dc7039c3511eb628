using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;

namespace BrxSync.Sync.Diagnostics;

/// <summary>Counts what the engine does. Tags are bounded: never an account or a product.</summary>
internal sealed class SyncMetrics
{
    private readonly Counter<long> _items;
    private readonly Counter<long> _operations;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Counter<long> _oversells;
    private readonly Counter<long> _deadLetters;

    public SyncMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SyncDiagnostics.Name);
        _items = meter.CreateCounter<long>(
            "brx.sync.items", "{item}", "Rows of snapshots by what became of them.");
        _operations = meter.CreateCounter<long>(
            "brx.sync.operations", "{operation}", "Operations by how they ended.");
        _duration = meter.CreateHistogram<double>(
            "brx.sync.operation.duration", "s", "How long operations took.");
        _drift = meter.CreateCounter<long>(
            "brx.drift.items", "{item}", "Differences that reconciliations found, by kind.");
        _deliveries = meter.CreateCounter<long>(
            "brx.webhook.deliveries", "{delivery}", "Webhook deliveries by what became of them.");
        _deliveryDuration = meter.CreateHistogram<double>(
            "brx.webhook.duration", "s", "How long it took until a webhook delivery was stored for good.");
        _oversells = meter.CreateCounter<long>(
            "brx.oversell.prevented", "{copy}", "Copies sold beyond what there was; the quantity stayed at 0.");
        _deadLetters = meter.CreateCounter<long>(
            "brx.deadletter.written", "{letter}", "Times that work was given up, by source and kind of the dead letter.");
    }

    public void Count(string operationKind, SyncResult result)
    {
        var kind = new KeyValuePair<string, object?>("operation.type", operationKind);
        var outcome = new KeyValuePair<string, object?>("outcome", StoredWords.Of(result.Status));
        _operations.Add(1, kind, outcome);
        _duration.Record(result.Progress.Elapsed.TotalSeconds, kind, outcome);
        Add(kind, "created", result.Progress.Created);
        Add(kind, "updated", result.Progress.Updated);
        Add(kind, "unchanged", result.Progress.Unchanged);
        Add(kind, "removed", result.Progress.Removed);
        Add(kind, "skipped", result.Progress.Skipped);
    }

    /// <summary>Counts an operation that was tried again in vain until it was given up.</summary>
    public void CountGivenUp(string operationKind) => _operations.Add(
        1,
        new KeyValuePair<string, object?>("operation.type", operationKind),
        new KeyValuePair<string, object?>("outcome", StoredWords.Of(OperationStatus.Failed)));

    public void Count(SnapshotDrift drift)
    {
        foreach (var finding in drift.Findings)
        {
            _drift.Add(finding.Count, new KeyValuePair<string, object?>("kind", finding.Kind));
        }
    }

    public void CountDelivery(DeliveryOutcome outcome, TimeSpan elapsed)
    {
        _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", StoredWords.Of(outcome)));
        _deliveryDuration.Record(elapsed.TotalSeconds);
    }

    public void Count(DeadLetterEntry letter) => _deadLetters.Add(
        1, new KeyValuePair<string, object?>("source", letter.Key.Source), new KeyValuePair<string, object?>("kind", letter.Kind));

    public void CountOversell(int copies) => _oversells.Add(copies);

    private void Add(KeyValuePair<string, object?> kind, string action, long count)
    {
        if (count > 0)
        {
            _items.Add(count, kind, new KeyValuePair<string, object?>("action", action));
        }
    }
}
