using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;

namespace BrxSync.Sync.DeadLetters;

/// <summary>Exports how many dead letters are open, by source and over all accounts (<c>brx.deadletter.open</c>).</summary>
/// <remarks>
/// The cluster-wide sweep calls <see cref="RefreshAsync"/>, in whichever process it runs. Figures older than five minutes are not exported,
/// since another process has newer ones.
/// </remarks>
internal sealed class OpenDeadLetters
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDeadLetterStore _store;
    private readonly string[] _sources;
    private readonly TimeProvider _time;
    private volatile Figures? _figures;

    public OpenDeadLetters(IDeadLetterStore store, IEnumerable<IDeadLetterSource> sources, IMeterFactory meters, TimeProvider time)
    {
        (_store, _sources, _time) = (store, [.. sources.Select(source => source.Name)], time);
        meters.Create(SyncDiagnostics.Name).CreateObservableGauge(
            "brx.deadletter.open", Observe, "{letter}", "Dead letters that nobody has replayed or discarded yet, by source.");
    }

    /// <summary>Reads the figures anew.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A task that ends when they are exported.</returns>
    /// <exception cref="System.Data.Common.DbException">The database failed; the former figures stay.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var readAt = _time.GetTimestamp();
        _figures = new Figures(readAt, await _store.CountOpenAsync(null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A source without letters has none, which is a figure too: an alert ends by it.</summary>
    private IEnumerable<Measurement<long>> Observe() =>
        _figures is { } figures && _time.GetElapsedTime(figures.ReadAt) <= Lifetime
            ? figures.Open.Keys.Union(_sources, StringComparer.Ordinal).Select(source => new Measurement<long>(
                figures.Open.GetValueOrDefault(source), new KeyValuePair<string, object?>("source", source)))
            : [];

    private sealed record Figures(long ReadAt, IReadOnlyDictionary<string, long> Open);
}
