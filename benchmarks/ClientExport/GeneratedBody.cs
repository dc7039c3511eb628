using System.Text;

namespace ClientExport;

/// <summary>A body that is written while it is read, so that the memory of a process is that of its reader alone.</summary>
internal sealed class GeneratedBody(int rows) : Stream
{
    private readonly StringBuilder _text = new();
    private byte[] _chunk = [];
    private int _position;
    private int _row;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override int Read(Span<byte> buffer)
    {
        if (_position == _chunk.Length && !Generate())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _chunk.Length - _position);
        _chunk.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Generate()
    {
        if (_ended)
        {
            return false;
        }

        _text.Clear();
        for (var i = 0; i < 100 && _row < rows; i++)
        {
            ExportBody.AppendRow(_text, _row++);
        }

        if (_row == rows)
        {
            _text.Append(']');
            _ended = true;
        }

        _chunk = Encoding.UTF8.GetBytes(_text.ToString());
        _position = 0;
        return true;
    }
}
