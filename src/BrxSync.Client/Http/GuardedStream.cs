using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Http;

/// <summary>The body of an answer as a stream whose reads fail with the package's errors, and whose beginning can be looked at.</summary>
internal sealed class GuardedStream(StreamedResponse response) : ForwardOnlyStream
{
    private readonly byte[] _peeked = new byte[ErrorBody.MaxBytes];
    private int _peekedStart;
    private int _peekedEnd;

    /// <summary>Refuses a body that is an HTML page before anybody tries to parse it.</summary>
    /// <returns><see langword="false"/> when the body is empty.</returns>
    public async ValueTask<bool> PeekAsync(CancellationToken cancellationToken)
    {
        while (!BodyStart.HasText(Peeked()) && _peekedEnd < _peeked.Length)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        if (!BodyStart.IsHtml(Peeked()))
        {
            return true;
        }

        while (_peekedEnd < _peeked.Length && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        throw response.Fail(response.Errors.Unusable(ResponseFaultKind.Html, Peeked()));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var peeked = Math.Min(_peekedEnd - _peekedStart, buffer.Length);
        if (peeked > 0)
        {
            _peeked.AsMemory(_peekedStart, peeked).CopyTo(buffer);
            _peekedStart += peeked;
            return peeked;
        }

        return await ReadBodyAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    private ReadOnlySpan<byte> Peeked() => _peeked.AsSpan(_peekedStart, _peekedEnd - _peekedStart);

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var read = await ReadBodyAsync(_peeked.AsMemory(_peekedEnd), cancellationToken).ConfigureAwait(false);
        _peekedEnd += read;
        return read > 0;
    }

    private async ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        await response.GuardReadAsync(
            async token => read = await response.Body.ReadAsync(buffer, token).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        return read;
    }
}
