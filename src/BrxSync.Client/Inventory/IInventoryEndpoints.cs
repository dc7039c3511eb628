using BrxSync.Client.Http;
using BrxSync.Client.Jobs;
using Refit;

namespace BrxSync.Client.Inventory;

/// <summary>The endpoints about the products of the seller, one at a time and in bulk.</summary>
internal interface IInventoryEndpoints : IEndpoints
{
    const string AllRoute = "/products";
    const string OneRoute = AllRoute + "/{id}";
    const string IncrementRoute = OneRoute + "/increment";
    const string ImageRoute = OneRoute + "/upload_image";
    const string BulkCreateRoute = AllRoute + "/bulk_create";
    const string BulkUpdateRoute = AllRoute + "/bulk_update";
    const string BulkDeleteRoute = AllRoute + "/bulk_destroy";

    [Get(AllRoute + "/export")]
    Task<HttpResponseMessage> ExportAsync(
        [AliasAs("blueprint_id")] long? blueprint,
        [AliasAs("expansion_id")] long? expansion,
        [Property] CallKind kind = CallKind.Export,
        CancellationToken cancellationToken = default);

    [Get(OneRoute)]
    Task<Product> GetAsync(long id, CancellationToken cancellationToken);

    [Post(AllRoute)]
    Task<ProductWriteResult> CreateAsync([Body] NewProductBody product, CancellationToken cancellationToken);

    [Put(OneRoute)]
    Task<ProductWriteResult> UpdateAsync(long id, [Body] ProductChangeBody change, CancellationToken cancellationToken);

    [Delete(OneRoute)]
    Task<ProductWriteResult> DeleteAsync(long id, CancellationToken cancellationToken);

    [Post(IncrementRoute)]
    Task<ProductWriteResult> IncrementAsync(long id, [Body] QuantityDeltaBody delta, CancellationToken cancellationToken);

    [Post(ImageRoute)]
    Task<ProductImage> UploadImageAsync(
        long id,
        [Body] MultipartFormDataContent form,
        [Property] CallKind kind = CallKind.Repeatable,
        CancellationToken cancellationToken = default);

    [Delete(ImageRoute)]
    Task DeleteImageAsync(long id, CancellationToken cancellationToken);

    [Post(BulkCreateRoute)]
    Task<JobReceipt> BulkCreateAsync([Body] BulkSlice products, CancellationToken cancellationToken);

    [Post(BulkUpdateRoute)]
    Task<JobReceipt> BulkUpdateAsync(
        [Body] BulkSlice products, [Property] CallKind kind = CallKind.Repeatable, CancellationToken cancellationToken = default);

    [Post(BulkDeleteRoute)]
    Task<JobReceipt> BulkDeleteAsync(
        [Body] BulkSlice products, [Property] CallKind kind = CallKind.Repeatable, CancellationToken cancellationToken = default);
}
