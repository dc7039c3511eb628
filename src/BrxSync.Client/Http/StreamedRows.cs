using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization.Rows;

namespace BrxSync.Client.Http;

/// <summary>The rows of a JSON array that is still arriving. Disposing it early stops the download.</summary>
internal sealed class StreamedRows<T>(StreamedResponse response, RowParser<T> parse, int maxRowBytes) : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly RowReader<T> _reader = new(response.Body, parse, BufferBytes, maxRowBytes);

    /// <summary>Gets the number of decompressed bytes read so far.</summary>
    public long BytesRead => _reader.BytesRead;

    /// <summary>Reads the rows once, in the order in which they arrive.</summary>
    /// <exception cref="CardTraderResponseException">The body is not one complete JSON array of rows.</exception>
    /// <exception cref="CardTraderTimeoutException">The download stalled.</exception>
    public async IAsyncEnumerable<T?> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowReadStatus status;
            T? row;
            try
            {
                status = _reader.TryRead(out row);
                if (status == RowReadStatus.NeedsMore)
                {
                    await response.GuardReadAsync(_reader.FillAsync, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (RowsBodyException fault)
            {
                throw response.Fail(await ExplainAsync(fault, cancellationToken).ConfigureAwait(false));
            }

            if (status == RowReadStatus.Row)
            {
                yield return row;
            }
            else if (status == RowReadStatus.End)
            {
                yield break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await response.DisposeAsync().ConfigureAwait(false);
        _reader.Dispose();
    }

    private async Task<CardTraderResponseException> ExplainAsync(RowsBodyException fault, CancellationToken cancellationToken)
    {
        // A page or an error body says itself what is wrong, so its beginning is quoted.
        if (fault.Kind is ResponseFaultKind.Html or ResponseFaultKind.UnexpectedShape)
        {
            try
            {
                while (_reader.Unread.Length < ErrorBody.MaxBytes)
                {
                    await response.GuardReadAsync(_reader.FillAsync, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (RowsBodyException)
            {
                // The end of the body: everything it has to say was read.
            }
        }

        return response.Errors.Unusable(fault.Kind, _reader.Unread, fault.BytePosition, fault.Row);
    }
}
