namespace BrxSync.Client.Inventory;

/// <summary>Reads and changes the products of the seller.</summary>
public interface IInventoryApi
{
    /// <summary>Starts a stock export and returns as soon as CardTrader begins to answer (<c>GET /products/export</c>).</summary>
    /// <remarks>The rows are then read from the open connection, one at a time, whatever the size of the stock. Dispose the export to end it.</remarks>
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
}
