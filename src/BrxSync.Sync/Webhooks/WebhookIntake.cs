using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Webhooks;

/// <summary>Takes deliveries in whose signature was checked, through a lane for each account.</summary>
internal sealed partial class WebhookIntake
{
    private const int LongestId = 128;
    private const int AppliedPerStep = 200;

    private readonly IStockStore _store;
    private readonly DeliveryApplication _application;
    private readonly WebhookIntakeOptions _options;
    private readonly SyncMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookIntake> _logger;
    private readonly ConcurrentDictionary<AccountId, DeliveryLane> _lanes = new();

    public WebhookIntake(
        IStockStore store,
        DeliveryApplication application,
        IOptions<WebhookIntakeOptions> options,
        SyncMetrics metrics,
        TimeProvider time,
        ILogger<WebhookIntake> logger)
    {
        (_store, _application, _options, _metrics, _time, _logger) = (store, application, options.Value, metrics, time, logger);
    }

    /// <summary>
    /// Stores and applies a delivery;
    /// <see cref="IWebhooks.ReceiveAsync(AccountId, WebhookEvent, CancellationToken)"/> tells what it throws.
    /// </summary>
    public async Task<DeliveryReceipt> ReceiveAsync(
        AccountId accountId, WebhookEvent delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Id.Length is 0 or > LongestId)
        {
            throw new ArgumentException(
                $"A delivery's id has 1 to {LongestId} characters, this one has {delivery.Id.Length}.", nameof(delivery));
        }

        var started = _time.GetTimestamp();
        var pending = PendingDelivery.Of(delivery, Activity.Current?.Id);
        var lane = _lanes.GetOrAdd(accountId, static (id, intake) => intake.Open(id), this);
        if (!lane.TryAdd(pending))
        {
            throw new WebhookQueueFullException();
        }

        try
        {
            var receipt = await WaitAsync(accountId, pending, cancellationToken).ConfigureAwait(false);
            _metrics.CountDelivery(receipt.Outcome, _time.GetElapsedTime(started));
            return receipt;
        }
        catch (AccountUnknownException)
        {
            _lanes.TryRemove(accountId, out _);
            throw;
        }
    }

    /// <summary>Applies the deliveries of an account that were stored while its stock was busy.</summary>
    public async Task<int> ApplyWaitingAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var applied = 0;
        while (await _store.ListWaitingAsync(accountId, AppliedPerStep, cancellationToken).ConfigureAwait(false) is { Count: > 0 } waiting)
        {
            await ApplyKeptAsync(accountId, waiting, cancellationToken).ConfigureAwait(false);
            applied += waiting.Count;
        }

        return applied;
    }

    /// <summary>
    /// Applies deliveries that were answered with success already. One that cannot be applied must not hold up the others for ever: its
    /// order is fetched instead.
    /// </summary>
    private async Task ApplyKeptAsync(AccountId accountId, IReadOnlyList<DeliveryRow> kept, CancellationToken cancellationToken)
    {
        try
        {
            await _application.ApplyAsync(accountId, [.. kept.Select(PendingDelivery.Of)], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (kept is not [{ Report: null }]
            && exception is not (OperationCanceledException or DbException or AccountUnknownException))
        {
            if (kept is [var single])
            {
                Log.DeliveryNotApplied(_logger, single.Id, accountId, exception);
                await ApplyKeptAsync(accountId, [single with { Report = null }], cancellationToken).ConfigureAwait(false);
                return;
            }

            foreach (var delivery in kept)
            {
                await ApplyKeptAsync(accountId, [delivery], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private DeliveryLane Open(AccountId accountId) => new(
        accountId, _application, _options, (delivery, exception) => Log.DeliveryNotApplied(_logger, delivery, accountId, exception));

    /// <summary>
    /// Waits for a delivery to be applied, but not for long: while a large snapshot of the account is written it is only stored. The
    /// transaction that it queues for still comes, and finds it waiting.
    /// </summary>
    private async Task<DeliveryReceipt> WaitAsync(AccountId accountId, PendingDelivery pending, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.Receipt.WaitAsync(_options.ApplyWithin, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var row = pending.ToKeep();
            if (!await _store.KeepAsync(accountId, row, cancellationToken).ConfigureAwait(false))
            {
                return await WaitOnceMoreAsync(pending, row, cancellationToken).ConfigureAwait(false);
            }

            Log.DeliveryWaits(_logger, pending.Row.Id, accountId);
            return new DeliveryReceipt(row.Id, row.Outcome);
        }
    }

    /// <summary>
    /// Waits for one that was applied a moment ago, or seen before. The answer to one that was seen before can be given too while the stock
    /// is still busy: it is stored.
    /// </summary>
    private async Task<DeliveryReceipt> WaitOnceMoreAsync(PendingDelivery pending, DeliveryRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.Receipt.WaitAsync(_options.ApplyWithin, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new DeliveryReceipt(row.Id, row.Outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.DeliveryWaits,
            LogLevel.Information,
            "Delivery {DeliveryId} of account {AccountId} is stored and waits: the account's stock is busy")]
        public static partial void DeliveryWaits(ILogger logger, string deliveryId, AccountId accountId);

        [LoggerMessage(
            EventIds.DeliveryNotApplied,
            LogLevel.Error,
            "Delivery {DeliveryId} of account {AccountId} could not be applied; its order is fetched instead")]
        public static partial void DeliveryNotApplied(ILogger logger, string deliveryId, AccountId accountId, Exception exception);
    }
}
