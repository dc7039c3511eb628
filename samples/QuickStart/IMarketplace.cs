using BrxSync.Client;
using BrxSync.Sync;

namespace QuickStart;

/// <summary>The other side: simulated in this process, or the real one.</summary>
internal interface IMarketplace : IAsyncDisposable
{
    string Description { get; }

    /// <summary>Where its API is; null for where the client looks by itself.</summary>
    Uri? Address { get; }

    string Token { get; }

    /// <summary>The local account, the same every time for the same seller.</summary>
    AccountId AccountId { get; }

    /// <summary>Makes the second sync interesting and says what was done.</summary>
    string ChangeSomething();

    /// <summary>Reads what is for sale there now, by product id.</summary>
    Task<Dictionary<string, StockLine>> ReadStockAsync(ICardTraderClient client, CancellationToken cancellationToken);
}
