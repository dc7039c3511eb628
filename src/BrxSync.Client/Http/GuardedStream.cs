using BrxSync.Client.Errors;

namespace BrxSync.Client.Http;

/// <summary>The body of an answer as a stream whose reads fail with the package's errors, and whose beginning can be looked at.</summary>
internal sealed class GuardedStream(StreamedResponse response) : Stream
{
    private readonly byte[] _peeked = new byte[ErrorBody.MaxBytes];
    private int _peekedStart;
    private int _peekedEnd;
    private long _position;

    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Refuses a body that is empty or an HTML page before anybody tries to parse it.</summary>
    public async ValueTask PeekAsync(CancellationToken cancellationToken)
    {
        var first = -1;
        while (first < 0 && _peekedEnd < _peeked.Length)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw response.Fail(response.Errors.Unusable(ResponseFaultKind.Empty, []));
            }

            first = Peeked().IndexOfAnyExcept((ReadOnlySpan<byte>)[0x20, 0x09, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF]);
        }

        if (first < 0 || _peeked[first] != (byte)'<')
        {
            return;
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
            _position += peeked;
            return peeked;
        }

        var read = await ReadBodyAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
            async token => read = await response.Body.ReadAsync(buffer, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        IsAtEnd |= read == 0 && !buffer.IsEmpty;
        return read;
    }
}
