using System.Data.Common;

namespace BrxSync.Sync.Webhooks;

/// <summary>
/// The deliveries of one account, one transaction after the other. While one is under way those that arrive queue up, and the next
/// transaction takes all of them: the more there is to do, the less each costs.
/// </summary>
/// <param name="accountId">The account.</param>
/// <param name="application">Applies them.</param>
/// <param name="options">How many at once, and how many may wait.</param>
/// <param name="failed">Told of a delivery that could not be applied, so that its order is fetched instead.</param>
internal sealed class DeliveryLane(
    AccountId accountId, DeliveryApplication application, WebhookIntakeOptions options, Action<string, Exception> failed)
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingDelivery> _queue = new();
    private bool _isRunning;

    /// <summary>Adds a delivery; its receipt tells its end.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool TryAdd(PendingDelivery delivery)
    {
        lock (_gate)
        {
            if (_queue.Count >= options.QueueLimit)
            {
                return false;
            }

            _queue.Enqueue(delivery);
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
        }

        // Ends with the queue, and never fails: every delivery gets its own answer. Not on the caller's thread, which a store in this
        // process would hold until the queue is empty, nor in its trace, which is not that of those that follow.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunAsync);
        }

        return true;
    }

    private async Task RunAsync()
    {
        while (Next() is { } batch)
        {
            await ApplyAsync(batch).ConfigureAwait(false);
        }
    }

    private List<PendingDelivery>? Next()
    {
        lock (_gate)
        {
            if (_queue.Count == 0)
            {
                _isRunning = false;
                return null;
            }

            var batch = new List<PendingDelivery>(Math.Min(_queue.Count, options.BatchSize));
            while (batch.Count < options.BatchSize && _queue.TryDequeue(out var delivery))
            {
                batch.Add(delivery);
            }

            return batch;
        }
    }

    private async Task ApplyAsync(List<PendingDelivery> batch)
    {
        try
        {
            await application.ApplyAsync(accountId, batch, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (batch.Count > 1 && !IsOutage(exception))
        {
            // One of them may be what the transaction failed for; the others must not suffer for it.
            foreach (var delivery in batch)
            {
                await ApplyAsync([delivery]).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not DbException && !IsOutage(exception) && batch[0].TryFetchInstead())
        {
            failed(batch[0].Row.Id, exception);
            await ApplyAsync(batch).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            foreach (var delivery in batch)
            {
                delivery.Fail(exception);
            }
        }
    }

    /// <summary>What all deliveries would fail for, one after the other.</summary>
    private static bool IsOutage(Exception exception) => exception is AccountUnknownException or DbException { IsTransient: true };
}
