using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Reconciliation;

/// <summary>
/// Exports how fresh the stock is: the age of the oldest last success (<c>brx.sync.last_success.age</c>) and how many accounts are
/// older than <see cref="ReconciliationOptions.StaleAfter"/> (<c>brx.sync.accounts.stale</c>), over all connected, not suspended accounts.
/// </summary>
/// <remarks>
/// The cluster-wide sweep calls <see cref="RefreshAsync"/>, in whichever process it runs. The age grows between refreshes, so that an
/// alert fires also when the sweep stops; figures older than five minutes are not exported, since another process has newer ones. Alert on
/// the absence of the metric too.
/// </remarks>
internal sealed class SyncFreshness
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IFreshnessStore _store;
    private readonly TimeSpan _staleAfter;
    private readonly TimeProvider _time;
    private readonly FreshnessClock _clock;
    private volatile Figures? _figures;

    public SyncFreshness(IFreshnessStore store, IOptions<ReconciliationOptions> options, IMeterFactory meters, TimeProvider time)
    {
        (_store, _staleAfter, _time) = (store, options.Value.StaleAfter, time);
        _clock = new FreshnessClock(time, _staleAfter);
        var meter = meters.Create(SyncDiagnostics.Name);
        meter.CreateObservableGauge(
            "brx.sync.last_success.age",
            ObserveAge,
            "s",
            "The time since the last successful sync of the account whose last success is oldest.");
        meter.CreateObservableGauge(
            "brx.sync.accounts.stale", ObserveStale, "{account}", "Accounts whose last successful sync is older than the threshold.");
    }

    /// <summary>Gets the time since the last success of the account whose last success is oldest; null when it is not known.</summary>
    public TimeSpan? OldestSuccess => Current() is { Age: { } age } figures
        ? (age > TimeSpan.Zero ? age : TimeSpan.Zero) + _time.GetElapsedTime(figures.ReadAt)
        : null;

    /// <summary>Reads the figures anew.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A task that ends when they are exported.</returns>
    /// <exception cref="System.Data.Common.DbException">The database failed; the former figures stay.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var readAt = _time.GetTimestamp();
        var (now, isSettled) = _clock.Read();
        var (oldest, stale) = await _store
            .ReadAsync(now - _staleAfter, isSettled ? now + _staleAfter : DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
        _figures = new Figures(readAt, now - oldest, stale);
    }

    private IEnumerable<Measurement<double>> ObserveAge() =>
        OldestSuccess is { } age ? [new Measurement<double>(age.TotalSeconds)] : [];

    private IEnumerable<Measurement<long>> ObserveStale() =>
        Current() is { } figures ? [new Measurement<long>(figures.Stale)] : [];

    private Figures? Current() => _figures is { } figures && _time.GetElapsedTime(figures.ReadAt) <= Lifetime ? figures : null;

    private sealed record Figures(long ReadAt, TimeSpan? Age, long Stale);
}
