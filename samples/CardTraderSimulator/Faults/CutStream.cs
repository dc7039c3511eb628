namespace BrxSync.Simulator.Faults;

/// <summary>Lets the first bytes of a body through and swallows the rest.</summary>
internal sealed class CutStream(Stream target, long limit, HttpResponse response) : Stream
{
    /// <summary>Gets how many bytes were let through.</summary>
    public long Passed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes back the length announced for the whole body: the server itself would miss the rest.</summary>
    public void Forget()
    {
        if (!response.HasStarted)
        {
            response.ContentLength = null;
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var passing = buffer[..(int)Math.Min(buffer.Length, limit - Passed)];
        if (passing.Length > 0)
        {
            Forget();
            Passed += passing.Length;
            await target.WriteAsync(passing, cancellationToken).ConfigureAwait(false);
        }
    }
}
