using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Inventory.Exports;

namespace BrxSync.Client.Inventory;

/// <summary>
/// A stock export whose answer has begun to arrive. Read its rows once, then dispose it; disposing early stops the download.
/// </summary>
public sealed class ProductExport : IAsyncDisposable
{
    private readonly StreamedResponse _response;
    private readonly StreamedRows<ProductExportRow> _rows;
    private int _reading;

    internal ProductExport(StreamedResponse response, int maxRowBytes)
    {
        _response = response;
        _rows = new StreamedRows<ProductExportRow>(response, new ProductRowParser().TryParse, maxRowBytes);
    }

    /// <summary>Gets when the request was sent, by the local clock.</summary>
    public DateTimeOffset RequestedAt => _response.RequestedAt;

    /// <summary>Gets when the headers of the answer had arrived, by the local clock.</summary>
    public DateTimeOffset RespondedAt => _response.RespondedAt;

    /// <summary>Gets the time in CardTrader's clock at which it answered.</summary>
    /// <value>The <c>Date</c> header, in whole seconds; <see langword="null"/> when it was absent.</value>
    public DateTimeOffset? ServerDate => _response.ServerDate;

    /// <summary>Gets when the answer was given, by CardTrader's clock and by one of ours that nobody can set.</summary>
    public AnswerTime AnswerTime => _response.AnswerTime;

    /// <summary>Gets the number of bytes of the decompressed body that were read so far.</summary>
    public long BytesRead => _rows.BytesRead;

    /// <summary>Reads the rows in the order in which they arrive. A row that cannot be used is returned with its fault.</summary>
    /// <remarks>Only after the last row is it known that the export is complete: delete nothing before.</remarks>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="CardTraderResponseException">The body is not one complete JSON array of rows.</exception>
    /// <exception cref="CardTraderTimeoutException">The download stalled.</exception>
    /// <exception cref="InvalidOperationException">The rows were read before.</exception>
    public IAsyncEnumerable<ProductExportRow> ReadRowsAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw new InvalidOperationException("The rows of an export arrive once and cannot be read again. Open a new export.");
        }

        return _rows.ReadAsync(cancellationToken);
    }

    /// <summary>Ends the export; what was not read yet is not downloaded.</summary>
    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>Makes the error for a caller who was promised readable rows only.</summary>
    internal Exception Unreadable(ProductExportRow row) => _response.Fail(
        _response.Errors.Unusable(ResponseFaultKind.UnreadableRow, [], row.ByteOffset, row.Index, row.Fault));
}
