// example: client
using BrxSync.Client;
using BrxSync.Client.Errors;
using Microsoft.Extensions.DependencyInjection;
// end

namespace BrxSync.Client.Tests.Examples;

/// <summary>The example of the package's README.</summary>
internal static class ClientExample
{
    public static async Task<(long Products, long Units)> CountAsync(IServiceCollection services, string token)
    {
        // example: client
        services.AddCardTraderClient();
        await using var provider = services.BuildServiceProvider();
        var seller = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(token));

        var (products, units) = (0L, 0L);
        try
        {
            await foreach (var product in seller.Inventory.StreamExportAsync())
            {
                products++;
                units += product.Quantity;
            }
        }
        catch (CardTraderException exception)
        {
            Console.WriteLine(exception.IsTransient ? "Try again later." : exception.Message);
        }

        Console.WriteLine($"{products} products, {units} units");
        // end

        return (products, units);
    }
}
