using System.Collections.Concurrent;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Knows how many jobs of each queue wait, and how long the oldest has: those of this process, or of all processes where they share
/// them, as of the last refresh.
/// </summary>
internal sealed class QueueDepths
{
    private readonly ConcurrentDictionary<(AccountId Account, WorkKind Kind), DateTimeOffset> _waiting = new();
    private readonly TimeProvider _time;
    private readonly ISchedulerDatabase? _shared;
    private IReadOnlyList<(string Queue, int Count, DateTimeOffset DueAt)> _measured = [];

    public QueueDepths(
        JobTelemetry telemetry,
        [FromKeyedServices(JobKinds.Scheduler)] TimeProvider time,
        ISchedulerDatabase? shared = null)
    {
        (_time, _shared) = (time, shared);
        telemetry.Observe(Measure);
    }

    /// <summary>Counts a job that waits.</summary>
    public void Waits(AccountId accountId, WorkKind kind)
    {
        if (_shared is null)
        {
            _waiting.TryAdd((accountId, kind), _time.GetUtcNow());
        }
    }

    /// <summary>Takes a job that starts out of the count.</summary>
    public void Started(AccountId accountId, WorkKind kind) => _waiting.TryRemove((accountId, kind), out _);

    /// <summary>Reads what waits over all processes, where they share it.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            var measured = await _shared.MeasureAsync(JobKinds.Scheduler, _time.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
            _measured = [.. measured.Select(part => (part.Queue, part.Count, DueAt(part)))];
        }
    }

    /// <summary>Gives the number of waiting jobs of each queue, and the age of the oldest.</summary>
    public IEnumerable<(string Queue, int Depth, TimeSpan OldestAge)> Measure()
    {
        var now = _time.GetUtcNow();
        var waiting = (_shared is null
            ? _waiting.ToArray().Select(job => (Queue: JobKinds.QueueOf(job.Key.Kind), Count: 1, DueAt: job.Value))
            : _measured).ToLookup(part => part.Queue, StringComparer.Ordinal);
        return JobKinds.Queues.Select(queue => (
            queue,
            waiting[queue].Sum(part => part.Count),
            waiting[queue].Any() ? now - waiting[queue].Min(part => part.DueAt) : TimeSpan.Zero));
    }

    private static DateTimeOffset DueAt(WaitingTriggers part)
    {
        var at = new DateTimeOffset(part.OldestTicks, TimeSpan.Zero);
        return part.Priority == JobKinds.Asked ? at + JobKinds.HeadStart : at;
    }
}
