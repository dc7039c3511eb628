using System.Globalization;
using BrxSync.Client;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>
/// The column <c>external_stock_id</c>: an id of CardTrader as text. A database that was taken over may hold anything in it.
/// </summary>
internal static class StoredProduct
{
    public static ProductId? Find(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new ProductId(id) : null;
}
