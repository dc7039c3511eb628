using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Sync.Feed;

/// <summary>Hands batches to handlers, each in a scope of its own and within its time.</summary>
internal sealed class FeedHandlers(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Hands over a batch.</summary>
    /// <returns>Why the handler did not take it; null when it did.</returns>
    /// <exception cref="OperationCanceledException">The run is cancelled.</exception>
    public async Task<FeedFailure?> HandleAsync(
        StockFeedRegistration feed, StockFeedBatch batch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var handler = (IStockFeedHandler)scope.ServiceProvider.GetRequiredService(feed.HandlerType);
                await handler.HandleAsync(batch, linked.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The handler was cancelled with its run.", exception, cancellationToken);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            return new FeedFailure(
                "FEED_HANDLER_TIMEOUT", new TimeoutException($"The handler was not done within {timeout:c}.", exception));
        }
        catch (Exception exception)
        {
            return new FeedFailure("FEED_HANDLER_FAILED", exception);
        }
    }
}
