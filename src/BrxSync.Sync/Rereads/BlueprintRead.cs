using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Rereads;

/// <summary>What CardTrader has of one blueprint.</summary>
/// <param name="Window">When it looked.</param>
/// <param name="Products">What it has.</param>
internal sealed record BlueprintRead(SnapshotWindow Window, IReadOnlyDictionary<ProductId, Product> Products)
{
    /// <summary>Reads one blueprint.</summary>
    /// <exception cref="InvalidDataException">The answer holds another seller's stock, or contradicts itself.</exception>
    public static async Task<BlueprintRead> ReadAsync(
        AccountRecord account, ICardTraderAccount remote, BlueprintId blueprint, MarketplaceTime time, CancellationToken cancellationToken)
    {
        var calls = new TimedCalls(remote, time);
        var products = new Dictionary<ProductId, Product>();
        await foreach (var product in calls.Remote.Inventory
            .StreamExportAsync(new ProductExportFilter { BlueprintId = blueprint }, cancellationToken).ConfigureAwait(false))
        {
            if (product.UserId is { } seller && account.CardTraderUserId is { } own && seller != own)
            {
                throw new InvalidDataException($"The answer holds stock of seller {seller}, not of {own}.");
            }

            if (!products.TryAdd(product.Id, product) && products[product.Id].Quantity != product.Quantity)
            {
                throw new InvalidDataException($"The answer holds product {product.Id} twice, with different quantities.");
            }
        }

        return new BlueprintRead(calls.Window(), products);
    }
}
