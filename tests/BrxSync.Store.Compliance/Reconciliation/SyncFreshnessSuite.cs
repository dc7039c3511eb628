using System.Diagnostics.Metrics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Reconciliation;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrxSync.Store.Compliance.Reconciliation;

/// <summary>The metrics of how long ago accounts were last synchronized.</summary>
public abstract class SyncFreshnessSuite : StoreSuite
{
    private static readonly DateTimeOffset Now = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Now);

    private readonly IMeterFactory _meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    private SyncFreshness Create() => new(
        Store.Services.GetRequiredService<IFreshnessStore>(),
        Options.Create(new ReconciliationOptions { StaleAfter = TimeSpan.FromHours(1) }),
        _meters,
        _time);

    private async Task<AccountId> ConnectAndSyncAsync(TimeSpan? ago)
    {
        var id = await ConnectAsync();
        if (ago is { } age)
        {
            await Store.Accounts.SetStatusAsync(id, AccountStatus.Active, null, Now - age);
        }

        return id;
    }

    /// <summary>Reads the metrics as a host would; a metric without a value is left out.</summary>
    private Dictionary<string, double> Observe()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _meters))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }

    [Fact]
    public async Task Refresh_AccountsOfManyAges_TellsTheOldestAndHowManyAreStale()
    {
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(61));
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(90));
        var freshness = Create();

        await freshness.RefreshAsync();

        Observe().ShouldBe(
            new Dictionary<string, double> { ["brx.sync.last_success.age"] = 5400, ["brx.sync.accounts.stale"] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Refresh_SuspendedAndDisconnectedAccounts_AreLeftOut()
    {
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        var suspended = await ConnectAndSyncAsync(TimeSpan.FromDays(3));
        var removed = await ConnectAndSyncAsync(TimeSpan.FromDays(4));
        await Store.ExecuteAsync($"update user_sync_settings set suspended_at = created_at where user_id = '{suspended}'");
        await Store.ExecuteAsync($"update user_sync_settings set cardtrader_token_encrypted = null where user_id = '{removed}'");
        var freshness = Create();

        await freshness.RefreshAsync();

        Observe().ShouldBe(
            new Dictionary<string, double> { ["brx.sync.last_success.age"] = 600, ["brx.sync.accounts.stale"] = 0 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Refresh_AccountThatNeverSucceeded_CountsFromItsConnection()
    {
        await ConnectAndSyncAsync(null);
        var freshness = Create();

        await freshness.RefreshAsync();

        var connected =
            (await Store.Services.GetRequiredService<IFreshnessStore>().ReadAsync(Now, DateTimeOffset.MaxValue)).Oldest.ShouldNotBeNull();
        (DateTimeOffset.UtcNow - connected).ShouldBeLessThan(TimeSpan.FromMinutes(10));
        Observe()["brx.sync.last_success.age"].ShouldBe((Now - connected).TotalSeconds, tolerance: 0.001);
        Observe()["brx.sync.accounts.stale"].ShouldBe(1);
    }

    [Fact]
    public async Task Observe_BetweenRefreshes_TheAgeGrowsAndOldFiguresFallSilent()
    {
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        var freshness = Create();
        Observe().ShouldBeEmpty();
        await freshness.RefreshAsync();

        _time.Advance(TimeSpan.FromMinutes(4));
        var later = Observe();
        _time.Advance(TimeSpan.FromMinutes(2));

        later["brx.sync.last_success.age"].ShouldBe(840);
        Observe().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Observe_WallClockStepped_TheAgeGrowsByWhatPassedAndOldFiguresFallSilent(int hours)
    {
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        var freshness = Create();
        await freshness.RefreshAsync();

        _time.StepWallClock(TimeSpan.FromHours(hours));
        _time.Advance(TimeSpan.FromMinutes(4));
        var later = Observe();
        _time.Advance(TimeSpan.FromMinutes(2));

        later["brx.sync.last_success.age"].ShouldBe(840);
        Observe().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-3, 0)]
    [InlineData(3, 1200)]
    public async Task Refresh_WallClockStepped_IsNoReasonForAnAlarmUntilAccountsHadTheirTime(int hours, int age)
    {
        var well = await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        await ConnectAndSyncAsync(TimeSpan.FromMinutes(10));
        var freshness = Create();
        await freshness.RefreshAsync();

        _time.StepWallClock(TimeSpan.FromHours(hours));
        _time.Advance(TimeSpan.FromMinutes(10));
        await freshness.RefreshAsync();
        var soon = Observe();
        _time.Advance(TimeSpan.FromMinutes(65));
        await Store.Accounts.SetStatusAsync(well, AccountStatus.Active, null, _time.GetUtcNow());
        await freshness.RefreshAsync();

        soon["brx.sync.accounts.stale"].ShouldBe(0);
        soon["brx.sync.last_success.age"].ShouldBe(age);
        Observe()["brx.sync.accounts.stale"].ShouldBe(1, "one of both has not succeeded since");
    }

    [Fact]
    public async Task Refresh_NoAccount_TellsNoAge()
    {
        var freshness = Create();

        await freshness.RefreshAsync();

        Observe().ShouldBe(new Dictionary<string, double> { ["brx.sync.accounts.stale"] = 0 });
    }
}
