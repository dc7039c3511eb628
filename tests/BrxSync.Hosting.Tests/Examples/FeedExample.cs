using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to the stock feed.</summary>
internal static class FeedExample
{
    public static async Task RewindAsync(IServiceProvider services, AccountId accountId)
    {
        // example: cursor
        var feed = services.GetRequiredService<IStockFeed>();
        var cursor = await feed.FindCursorAsync(accountId, "second-shop");
        Console.WriteLine($"{cursor?.Position} handled, {cursor?.Lag} to go, paused: {cursor?.PausedAt}, {cursor?.LastError}");

        // Everything once more, for a shop that lost its data.
        await feed.SetCursorAsync(accountId, "second-shop", position: 0);

        // end
    }

    public static async Task FollowAsync(IServiceProvider services, AccountId accountId, long lastSeen, CancellationToken cancellationToken)
    {
        // example: stream
        var feed = services.GetRequiredService<IStockFeed>();
        await foreach (var entry in feed.StreamAsync(accountId, lastSeen, follow: true, cancellationToken))
        {
            Console.WriteLine($"{entry.Position}: product {entry.ProductId} from {entry.Before} to {entry.After}, {entry.Cause}");
        }

        // end
    }
}
