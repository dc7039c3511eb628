using System.Net;
using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Jobs;

namespace BrxSync.Client.Inventory;

internal sealed class InventoryApi(IInventoryEndpoints endpoints, CardTraderClientOptions options) : IInventoryApi
{
    public async Task<ProductExport> OpenExportAsync(ProductExportFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var response = await StreamedResponse.OpenAsync(
            endpoints.ExportAsync(filter?.BlueprintId?.Value, filter?.ExpansionId?.Value, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
        return new ProductExport(response, options.MaxExportRowBytes);
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

    public async Task<ProductWriteResult> CreateAsync(NewProduct product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        var faults = new List<CardTraderFault>();
        ProductRequest.Check(product, string.Empty, faults);
        CallErrors.ThrowIfInvalid(HttpMethod.Post, IInventoryEndpoints.AllRoute, faults);
        return await endpoints.CreateAsync(new NewProductBody(product), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ProductWriteResult> UpdateAsync(ProductChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var faults = new List<CardTraderFault>();
        ProductRequest.Check(change, string.Empty, faults);
        CallErrors.ThrowIfInvalid(HttpMethod.Put, IInventoryEndpoints.OneRoute, faults);
        return await endpoints.UpdateAsync(change.Id.Value, new ProductChangeBody(change), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ProductWriteResult> DeleteAsync(ProductId product, CancellationToken cancellationToken = default)
    {
        try
        {
            ThrowIfNoId(HttpMethod.Delete, IInventoryEndpoints.OneRoute, product);
            return await endpoints.DeleteAsync(product.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return new ProductWriteResult { WasGone = true };
        }
    }

    public async Task<ProductWriteResult> IncrementAsync(ProductId product, int delta, CancellationToken cancellationToken = default)
    {
        ThrowIfNoId(HttpMethod.Post, IInventoryEndpoints.IncrementRoute, product);
        CallErrors.ThrowIfInvalid(
            HttpMethod.Post,
            IInventoryEndpoints.IncrementRoute,
            delta == 0 ? [new CardTraderFault("delta_quantity", "It is 0; nothing would change.")] : []);
        return await endpoints.IncrementAsync(product.Value, new QuantityDeltaBody(delta), cancellationToken).ConfigureAwait(false);
    }

    public Task<ProductImage> UploadImageAsync(ProductId product, ImageUpload image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfNoId(HttpMethod.Post, IInventoryEndpoints.ImageRoute, product);
        var faults = new List<CardTraderFault>();
        image.Check(faults);
        CallErrors.ThrowIfInvalid(HttpMethod.Post, IInventoryEndpoints.ImageRoute, faults);
        var form = UploadForm.Create()
            .WithFile("uploaded_image[image]", image.FileName, image.MediaType, image.Open, image.Length);
        return endpoints.UploadImageAsync(product.Value, form, cancellationToken: cancellationToken);
    }

    public Task<ProductImage> UploadImageAsync(ProductId product, Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ThrowIfNoId(HttpMethod.Post, IInventoryEndpoints.ImageRoute, product);
        var isWeb = address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        CallErrors.ThrowIfInvalid(
            HttpMethod.Post,
            IInventoryEndpoints.ImageRoute,
            isWeb ? [] : [new CardTraderFault("remote_image_url", "It must be an absolute http or https address.")]);
        var form = UploadForm.Create().WithText("uploaded_image[remote_image_url]", address.AbsoluteUri);
        return endpoints.UploadImageAsync(product.Value, form, cancellationToken: cancellationToken);
    }

    public async Task DeleteImageAsync(ProductId product, CancellationToken cancellationToken = default)
    {
        try
        {
            ThrowIfNoId(HttpMethod.Delete, IInventoryEndpoints.ImageRoute, product);
            await endpoints.DeleteImageAsync(product.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone already: that is what was asked for.
        }
    }

    public Task<JobReceipt> SubmitCreatesAsync(IReadOnlyList<NewProduct> products, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(endpoints, BulkItems.Of(products), 0, products.Count, cancellationToken);

    public Task<JobReceipt> SubmitUpdatesAsync(IReadOnlyList<ProductChange> changes, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(endpoints, BulkItems.Of(changes), 0, changes.Count, cancellationToken);

    public Task<JobReceipt> SubmitDeletesAsync(IReadOnlyList<ProductId> products, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(endpoints, BulkItems.Of(products), 0, products.Count, cancellationToken);

    public async Task<Product?> FindAsync(ProductId product, BlueprintId? blueprint = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ThrowIfNoId(HttpMethod.Get, IInventoryEndpoints.OneRoute, product);
            return await endpoints.GetAsync(product.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound && blueprint is null)
        {
            return null;
        }
        catch (CardTraderException exception) when (blueprint is not null
            && (exception.StatusCode == HttpStatusCode.NotFound || exception is CardTraderResponseException))
        {
            // An undocumented call: that it is gone says nothing about the product.
        }

        var filter = new ProductExportFilter { BlueprintId = blueprint };
        return await StreamExportAsync(filter, cancellationToken)
            .FirstOrDefaultAsync(candidate => candidate.Id == product, cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfNoId(HttpMethod method, string route, ProductId product)
    {
        var faults = new List<CardTraderFault>();
        ProductRequest.CheckId(product.Value, "id", faults);
        CallErrors.ThrowIfInvalid(method, route, faults);
    }
}
