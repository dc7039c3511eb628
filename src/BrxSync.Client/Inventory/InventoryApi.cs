using System.Net;
using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Inventory.Exports;
using BrxSync.Client.Jobs;

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

    public async Task<ProductWriteResult> CreateAsync(NewProduct product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        var call = ApiCall.Post("/products", "products", OperationClass.NonRepeatableWrite);
        var faults = new List<CardTraderFault>();
        ProductRequest.Check(product, string.Empty, faults);
        sender.ThrowIfInvalid(call, faults);
        return await WriteAsync(call.WithObject(writer => ProductRequest.Write(writer, product)), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ProductWriteResult> UpdateAsync(ProductChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var call = ApiCall.Put("/products/{id}", $"products/{change.Id}");
        var faults = new List<CardTraderFault>();
        ProductRequest.Check(change, string.Empty, faults);
        sender.ThrowIfInvalid(call, faults);
        return await WriteAsync(call.WithObject(writer => ProductRequest.Write(writer, change)), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ProductWriteResult> DeleteAsync(ProductId product, CancellationToken cancellationToken = default)
    {
        try
        {
            return await WriteAsync(Valid(ApiCall.Delete("/products/{id}", $"products/{product}"), product), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return new ProductWriteResult { WasGone = true };
        }
    }

    public async Task<ProductWriteResult> IncrementAsync(ProductId product, int delta, CancellationToken cancellationToken = default)
    {
        var call = Valid(
            ApiCall.Post("/products/{id}/increment", $"products/{product}/increment", OperationClass.NonRepeatableWrite), product);
        sender.ThrowIfInvalid(call, delta == 0 ? [new CardTraderFault("delta_quantity", "It is 0; nothing would change.")] : []);
        return await WriteAsync(call.WithObject(writer => writer.WriteNumber("delta_quantity", delta)), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<ProductImage> UploadImageAsync(ProductId product, ImageUpload image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var call = ImageCall(product);
        var faults = new List<CardTraderFault>();
        image.Check(faults);
        sender.ThrowIfInvalid(call, faults);
        var upload = call with
        {
            Content = () => UploadForm.Create()
                .WithFile("uploaded_image[image]", image.FileName, image.MediaType, image.Open, image.Length),
        };
        return sender.ReadAsync(upload, ProductAnswers.ReadImage, cancellationToken);
    }

    public Task<ProductImage> UploadImageAsync(ProductId product, Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var call = ImageCall(product);
        var isWeb = address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        sender.ThrowIfInvalid(
            call, isWeb ? [] : [new CardTraderFault("remote_image_url", "It must be an absolute http or https address.")]);
        var upload = call with { Content = () => UploadForm.Create().WithText("uploaded_image[remote_image_url]", address.AbsoluteUri) };
        return sender.ReadAsync(upload, ProductAnswers.ReadImage, cancellationToken);
    }

    public async Task DeleteImageAsync(ProductId product, CancellationToken cancellationToken = default)
    {
        try
        {
            var call = Valid(ApiCall.Delete("/products/{id}/upload_image", $"products/{product}/upload_image"), product);
            await sender.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone already: that is what was asked for.
        }
    }

    public Task<JobReceipt> SubmitCreatesAsync(IReadOnlyList<NewProduct> products, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(sender, BulkItems.Of(products), 0, products.Count, cancellationToken);

    public Task<JobReceipt> SubmitUpdatesAsync(IReadOnlyList<ProductChange> changes, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(sender, BulkItems.Of(changes), 0, changes.Count, cancellationToken);

    public Task<JobReceipt> SubmitDeletesAsync(IReadOnlyList<ProductId> products, CancellationToken cancellationToken = default) =>
        BulkRequest.SubmitAsync(sender, BulkItems.Of(products), 0, products.Count, cancellationToken);

    public async Task<Product?> FindAsync(ProductId product, BlueprintId? blueprint = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var call = Valid(ApiCall.Get("/products/{id}", $"products/{product}"), product);
            return await sender.ReadAsync(call, ProductAnswers.ReadProduct, cancellationToken).ConfigureAwait(false);
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

    private Task<ProductWriteResult> WriteAsync(ApiCall call, CancellationToken cancellationToken) =>
        sender.ReadAsync(call, ProductAnswers.ReadWriteResult, cancellationToken);

    private ApiCall ImageCall(ProductId product) =>
        Valid(ApiCall.Post("/products/{id}/upload_image", $"products/{product}/upload_image", OperationClass.Write), product);

    private ApiCall Valid(ApiCall call, ProductId product)
    {
        var faults = new List<CardTraderFault>();
        ProductRequest.CheckId(product.Value, "id", faults);
        sender.ThrowIfInvalid(call, faults);
        return call;
    }
}
