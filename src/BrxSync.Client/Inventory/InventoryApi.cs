using System.Runtime.CompilerServices;
using BrxSync.Client.Http;

namespace BrxSync.Client.Inventory;

internal sealed class InventoryApi(AccountSender sender) : IInventoryApi
{
    private const int ExportBufferBytes = 128 * 1024;

    public async Task<ProductExport> OpenExportAsync(ProductExportFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var query = new QueryString("products/export")
            .Add("blueprint_id", filter?.BlueprintId?.Value)
            .Add("expansion_id", filter?.ExpansionId?.Value);
        var call = ApiCall.Get("/products/export", query.ToString(), OperationClass.Export);
        var response = await sender.OpenAsync(call, cancellationToken).ConfigureAwait(false);
        return new ProductExport(response, new ProductExportReader(response.Body, ExportBufferBytes, sender.Options.MaxExportRowBytes));
    }

    public async IAsyncEnumerable<Product> StreamExportAsync(
        ProductExportFilter? filter = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var export = await OpenExportAsync(filter, cancellationToken).ConfigureAwait(false);
        await using (export.ConfigureAwait(false))
        {
            await foreach (var row in export.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return row.Product ?? throw export.Unreadable(row);
            }
        }
    }
}
