using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync;

namespace QuickStart;

/// <summary>The real marketplace. It is only read.</summary>
internal sealed class RealMarketplace(string token) : IMarketplace
{
    private readonly CardTraderToken credential = new(token);

    public string Description => "CardTrader";

    public Uri? Address => null;

    public string Token => token;

    public AccountId AccountId => AccountIds.Of(credential.Fingerprint);

    public string ChangeSomething() => "The real stock is left as it is; the second sync should find nothing to do.";

    public async Task<Dictionary<string, StockLine>> ReadStockAsync(ICardTraderClient client, CancellationToken cancellationToken)
    {
        var stock = new Dictionary<string, StockLine>(StringComparer.Ordinal);
        await foreach (var product in client.ForToken(credential).Inventory.StreamExportAsync(cancellationToken: cancellationToken))
        {
            stock[product.Id.Value.ToString(CultureInfo.InvariantCulture)] = new StockLine(
                product.BlueprintId.Value, product.Quantity, product.Price.Cents);
        }

        return stock;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
