using BrxSync.Client.Errors;

namespace BrxSync.Client.Imports;

/// <summary>Imports stock from CSV files. Nobody recorded an answer of these calls: prefer bulk jobs where you can.</summary>
public interface IImportsApi
{
    /// <summary>Uploads a file and starts its import (<c>POST /product_imports</c>).</summary>
    /// <param name="import">What to import, and how.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">
    /// The request is wrong (every fault is listed), another import of the game is running, or the outcome is unknown.
    /// </exception>
    Task<ImportReceipt> StartAsync(CsvImport import, CancellationToken cancellationToken = default);

    /// <summary>Reads how far an import is (<c>GET /product_imports/:id</c>).</summary>
    /// <param name="import">The import.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<ImportStatus> GetAsync(ImportId import, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows an import refused, as CSV text (<c>GET /product_imports/:id/skipped</c>).</summary>
    /// <param name="import">The import.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<string> GetSkippedRowsAsync(ImportId import, CancellationToken cancellationToken = default);
}
