using BrxSync.Client.Jobs;

namespace BrxSync.Client.Inventory;

/// <summary>Reads and changes the products of the seller.</summary>
public interface IInventoryApi
{
    /// <summary>Starts a stock export and returns as soon as CardTrader begins to answer (<c>GET /products/export</c>).</summary>
    /// <remarks>
    /// The rows are then read from the open connection, one at a time, whatever the size of the stock. Dispose the export to end it.
    /// </remarks>
    /// <param name="filter">What to export; <see langword="null"/> for the whole stock.</param>
    /// <param name="cancellationToken">Ends waiting for the answer.</param>
    /// <exception cref="Errors.CardTraderException">CardTrader did not answer with an export.</exception>
    Task<ProductExport> OpenExportAsync(ProductExportFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Streams the products of a stock export (<c>GET /products/export</c>).</summary>
    /// <remarks>Use <see cref="OpenExportAsync"/> when one unreadable row must not end the whole export.</remarks>
    /// <param name="filter">What to export; <see langword="null"/> for the whole stock.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="Errors.CardTraderResponseException">
    /// The body is not a complete export, or a row of it cannot be read. Products returned before may be a part of the stock only:
    /// never delete anything because of an export that failed.
    /// </exception>
    /// <exception cref="Errors.CardTraderException">CardTrader did not answer with an export.</exception>
    IAsyncEnumerable<Product> StreamExportAsync(ProductExportFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Offers a product for sale, or adds to an equal one (<c>POST /products</c>).</summary>
    /// <remarks>
    /// Not repeatable: after a lost answer look for the product in an export by its blueprint instead of sending it again.
    /// </remarks>
    /// <param name="product">What to offer.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderException">
    /// The product is refused, here with every fault at once or by CardTrader, or the outcome is unknown.
    /// </exception>
    Task<ProductWriteResult> CreateAsync(NewProduct product, CancellationToken cancellationToken = default);

    /// <summary>Changes a product (<c>PUT /products/:id</c>).</summary>
    /// <param name="change">What to change.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderException">The change is refused, here with every fault at once or by CardTrader.</exception>
    Task<ProductWriteResult> UpdateAsync(ProductChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a product whatever its quantity (<c>DELETE /products/:id</c>). A product that is gone already counts as removed.
    /// </summary>
    /// <param name="product">The product.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderException">The call failed.</exception>
    Task<ProductWriteResult> DeleteAsync(ProductId product, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds to or takes from the quantity of a product (<c>POST /products/:id/increment</c>). At 0 or below the product is deleted.
    /// </summary>
    /// <remarks>
    /// The way to book sales of other channels: it cannot undo a sale on CardTrader. Not repeatable: after a lost answer read the quantity.
    /// </remarks>
    /// <param name="product">The product.</param>
    /// <param name="delta">How many units to add; negative to take away. Not 0.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderException">The call failed, or its outcome is unknown.</exception>
    Task<ProductWriteResult> IncrementAsync(ProductId product, int delta, CancellationToken cancellationToken = default);

    /// <summary>Uploads the picture of a product, in place of the one it has (<c>POST /products/:id/upload_image</c>).</summary>
    /// <param name="product">The product.</param>
    /// <param name="image">The picture.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The picture, with the id CardTrader answered.</returns>
    /// <exception cref="Errors.CardTraderException">The picture is refused, here or by CardTrader.</exception>
    Task<ProductImage> UploadImageAsync(ProductId product, ImageUpload image, CancellationToken cancellationToken = default);

    /// <summary>Lets CardTrader fetch the picture of a product from an address (<c>POST /products/:id/upload_image</c>).</summary>
    /// <param name="product">The product.</param>
    /// <param name="address">The address of the picture: absolute, http or https.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The picture, with the id CardTrader answered.</returns>
    /// <exception cref="Errors.CardTraderException">The address is refused, here or by CardTrader.</exception>
    Task<ProductImage> UploadImageAsync(ProductId product, Uri address, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the picture of a product (<c>DELETE /products/:id/upload_image</c>). A picture that is gone already counts as removed.
    /// </summary>
    /// <param name="product">The product.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderException">The call failed.</exception>
    Task DeleteImageAsync(ProductId product, CancellationToken cancellationToken = default);

    /// <summary>Hands in many products to offer, as one job (<c>POST /products/bulk_create</c>). Not repeatable.</summary>
    /// <remarks><see cref="IJobsApi.RunAsync"/> does the same for any number, and waits for the results.</remarks>
    /// <param name="products">1 to 450 products.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The job, which says later what became of each product.</returns>
    /// <exception cref="Errors.CardTraderException">
    /// The request is wrong (every fault is listed), refused, or its outcome is unknown.
    /// </exception>
    Task<JobReceipt> SubmitCreatesAsync(IReadOnlyList<NewProduct> products, CancellationToken cancellationToken = default);

    /// <summary>Hands in changes of many products, as one job (<c>POST /products/bulk_update</c>).</summary>
    /// <remarks><see cref="IJobsApi.RunAsync"/> does the same for any number, and waits for the results.</remarks>
    /// <param name="changes">1 to 450 changes, each of another product.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The job, which says later what became of each change.</returns>
    /// <exception cref="Errors.CardTraderException">The request is wrong (every fault is listed) or refused.</exception>
    Task<JobReceipt> SubmitUpdatesAsync(IReadOnlyList<ProductChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Hands in many products to remove, as one job (<c>POST /products/bulk_destroy</c>).</summary>
    /// <remarks><see cref="IJobsApi.RunAsync"/> does the same for any number, and waits for the results.</remarks>
    /// <param name="products">1 to 450 products.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The job, which says later what became of each product.</returns>
    /// <exception cref="Errors.CardTraderException">The request is wrong (every fault is listed) or refused.</exception>
    Task<JobReceipt> SubmitDeletesAsync(IReadOnlyList<ProductId> products, CancellationToken cancellationToken = default);

    /// <summary>Finds one product by its id (<c>GET /products/:id</c>). <b>Undocumented</b>: the call may vanish without notice.</summary>
    /// <param name="product">The product.</param>
    /// <param name="blueprint">Its blueprint; with it a refused call falls back to the documented export of that blueprint.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The product, or <see langword="null"/> when CardTrader does not have it.</returns>
    /// <exception cref="Errors.CardTraderException">The call failed.</exception>
    Task<Product?> FindAsync(ProductId product, BlueprintId? blueprint = null, CancellationToken cancellationToken = default);
}
