using System.Collections.Concurrent;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Feed;

/// <summary>Another shop as a feed sees it: what it was told, and what it makes of it.</summary>
internal sealed class RecordingFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(AccountId Account, string Product), (long Position, int Quantity)> _stock = [];

    /// <summary>Gets what was handed over, also in vain.</summary>
    public ConcurrentQueue<StockFeedBatch> Batches { get; } = [];

    /// <summary>Happens with each batch, before it has its effect.</summary>
    public Func<StockFeedBatch, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Happens with each batch, after it had its effect.</summary>
    public Func<StockFeedBatch, CancellationToken, Task> After { get; set; } = static (_, _) => Task.CompletedTask;

    public async Task TakeAsync(StockFeedBatch batch, CancellationToken cancellationToken)
    {
        Batches.Enqueue(batch);
        await Before(batch, cancellationToken);
        lock (_gate)
        {
            foreach (var entry in batch.Entries)
            {
                _stock[(batch.AccountId, entry.ProductId.ToString()!)] = (entry.Position, entry.After);
            }
        }

        await After(batch, cancellationToken);
    }

    /// <summary>Gives the positions in the order in which they came, also those that came again.</summary>
    public List<long> Positions(AccountId account) =>
        [.. Batches.Where(batch => batch.AccountId == account).SelectMany(batch => batch.Entries).Select(entry => entry.Position)];

    public Dictionary<string, int> Stock(AccountId account)
    {
        lock (_gate)
        {
            return _stock.Where(row => row.Key.Account == account)
                .ToDictionary(row => row.Key.Product, row => row.Value.Quantity, StringComparer.Ordinal);
        }
    }
}

/// <summary>A handler as a host writes one: made anew for each batch.</summary>
internal sealed class RecordingFeedHandler(RecordingFeed feed) : IStockFeedHandler
{
    public Task HandleAsync(StockFeedBatch batch, CancellationToken cancellationToken) => feed.TakeAsync(batch, cancellationToken);
}

/// <summary>A handler that needs something that nobody has.</summary>
internal sealed class UnmakeableFeedHandler(IUnregistered nothing) : IStockFeedHandler
{
    public Task HandleAsync(StockFeedBatch batch, CancellationToken cancellationToken) => throw new InvalidOperationException($"{nothing}");
}

/// <summary>Registered nowhere.</summary>
internal interface IUnregistered : IStockFeedHandler;
