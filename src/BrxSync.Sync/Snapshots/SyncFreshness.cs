using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Exports how fresh the stock is: the age of the oldest last success (<c>brx.sync.last_success.age</c>) and how many accounts are
/// older than <see cref="ReconciliationOptions.StaleAfter"/> (<c>brx.sync.accounts.stale</c>), over all connected, not suspended accounts.
/// </summary>
/// <remarks>
/// The cluster-wide sweep calls <see cref="RefreshAsync"/>, in whichever process it runs. The age grows between refreshes, so that an
/// alert fires also when the sweep stops; figures older than five minutes are not exported, since another process has newer ones. Alert on
/// the absence of the metric too.
/// </remarks>
public sealed class SyncFreshness : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IFreshnessStore _store;
    private readonly TimeSpan _staleAfter;
    private readonly TimeProvider _time;
    private volatile Figures? _figures;

    internal SyncFreshness(IFreshnessStore store, IOptions<ReconciliationOptions> options, TimeProvider time)
    {
        (_store, _staleAfter, _time) = (store, options.Value.StaleAfter, time);
        Meter.CreateObservableGauge(
            "brx.sync.last_success.age", ObserveAge, "s", "The time since the last successful sync of the account whose last success is oldest.");
        Meter.CreateObservableGauge(
            "brx.sync.accounts.stale", ObserveStale, "{account}", "Accounts whose last successful sync is older than the threshold.");
    }

    internal Meter Meter { get; } = new(SyncDiagnostics.Name);

    /// <summary>Reads the figures anew.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A task that ends when they are exported.</returns>
    /// <exception cref="System.Data.Common.DbException">The database failed; the former figures stay.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        var (oldest, stale) = await _store.ReadAsync(now - _staleAfter, cancellationToken).ConfigureAwait(false);
        _figures = new Figures(now, oldest, stale);
    }

    /// <summary>Takes the metrics down.</summary>
    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<double>> ObserveAge()
    {
        var now = _time.GetUtcNow();
        return Current(now) is { Oldest: { } oldest } ? [new Measurement<double>(Math.Max(0, (now - oldest).TotalSeconds))] : [];
    }

    private IEnumerable<Measurement<long>> ObserveStale() =>
        Current(_time.GetUtcNow()) is { } figures ? [new Measurement<long>(figures.Stale)] : [];

    private Figures? Current(DateTimeOffset now) => _figures is { } figures && now - figures.ReadAt <= Lifetime ? figures : null;

    private sealed record Figures(DateTimeOffset ReadAt, DateTimeOffset? Oldest, long Stale);
}
