using System.Buffers;
using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization.Rows;

/// <summary>Reads the rows of a JSON array from a stream, holding one buffer and never the body.</summary>
/// <remarks>
/// A row is parsed only when all of its bytes are in the buffer; when they are not, parsing starts again from the row's first byte after
/// more was read. A body that is not one complete JSON array throws; what a row must be is for its parser to say.
/// </remarks>
internal sealed class RowReader<T> : IDisposable
{
    internal const int MaxDepth = 64;

    // Below this size a partly read row is simply tried again; above it, only when the buffer has doubled, so that one giant row
    // that trickles in costs time in proportion to its size and not to its square.
    private const int AlwaysRetryBelow = 64 * 1024;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    private readonly Stream _body;
    private readonly int _maxRowBytes;
    private readonly RowParser<T> _parse;
    private JsonReaderState _state = new(ReaderOptions);
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _retryAt;
    private long _consumed;
    private long _rows;
    private bool _begun;
    private bool _ended;
    private bool _endOfBody;

    public RowReader(Stream body, RowParser<T> parse, int bufferBytes, int maxRowBytes)
    {
        _body = body;
        _parse = parse;
        _maxRowBytes = maxRowBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(bufferBytes);
    }

    /// <summary>Gets the number of decompressed bytes read so far.</summary>
    public long BytesRead => _consumed + (_end - _start);

    /// <summary>Gets the bytes in the buffer that were not consumed yet.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads the next row if all of it is in the buffer.</summary>
    /// <exception cref="RowsBodyException">The body is not an array of rows.</exception>
    public RowReadStatus TryRead(out T? row)
    {
        row = default;
        if (_ended)
        {
            return ReadEnd();
        }

        if (!_begun && !TryBegin())
        {
            return RowReadStatus.NeedsMore;
        }

        if (_end - _start < _retryAt && !_endOfBody)
        {
            return RowReadStatus.NeedsMore;
        }

        return ReadRow(out row);
    }

    /// <summary>Reads more of the body into the buffer. Call it when a row could not be completed.</summary>
    /// <exception cref="RowsBodyException">The body ended, or the row is too large.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_endOfBody)
        {
            throw EndOfBody();
        }

        MakeRoom();
        var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _endOfBody = read == 0;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            _start = _end = 0;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryBegin()
    {
        if (!TrySkipMarkAndBlanks())
        {
            return false;
        }

        if (BodyStart.IsHtml(Unread))
        {
            throw new RowsBodyException(ResponseFaultKind.Html, _consumed);
        }

        var first = _buffer[_start];
        if (first != (byte)'[')
        {
            throw new RowsBodyException(
                first is (byte)'{' or (byte)'n' or (byte)'"' or (byte)'t' or (byte)'f'
                    ? ResponseFaultKind.UnexpectedShape
                    : ResponseFaultKind.Malformed,
                _consumed);
        }

        _begun = true;
        return true;
    }

    private bool TrySkipMarkAndBlanks()
    {
        if (_consumed == 0)
        {
            if (!_endOfBody && Unread.Length < BodyStart.Mark.Length && BodyStart.Mark.StartsWith(Unread))
            {
                return false;
            }

            Consume(BodyStart.MarkLength(Unread));
        }

        var blanks = Unread.IndexOfAnyExcept(BodyStart.Blanks);
        Consume(blanks < 0 ? _end - _start : blanks);
        return BodyStart.HasText(Unread);
    }

    private RowReadStatus ReadRow(out T? row)
    {
        row = default;
        var source = new ReadOnlyMemory<byte>(_buffer, _start, _end - _start);
        var reader = new Utf8JsonReader(source.Span, isFinalBlock: false, _state);
        try
        {
            // The first token of all opens the array; it belongs to no row.
            if (!reader.Read() || (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0 && !reader.Read()))
            {
                return Incomplete();
            }

            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0)
            {
                Consume((int)reader.BytesConsumed);
                _ended = true;
                return ReadEnd();
            }

            var rowStart = (int)reader.TokenStartIndex;
            var place = new RowPlace(_rows, _consumed + rowStart);
            if (!_parse(ref reader, source, place, out row))
            {
                return Incomplete();
            }

            if ((int)reader.BytesConsumed - rowStart > _maxRowBytes)
            {
                throw new RowsBodyException(ResponseFaultKind.TooLarge, place.ByteOffset, place.Index);
            }
        }
        catch (JsonException)
        {
            var kind = reader.CurrentDepth >= MaxDepth - 1 ? ResponseFaultKind.TooDeep : ResponseFaultKind.Malformed;
            throw new RowsBodyException(kind, _consumed + reader.BytesConsumed, _rows);
        }

        _state = reader.CurrentState;
        Consume((int)reader.BytesConsumed);
        _rows++;
        _retryAt = 0;
        return RowReadStatus.Row;
    }

    private RowReadStatus Incomplete()
    {
        var unread = _end - _start;
        _retryAt = unread < AlwaysRetryBelow ? unread + 1 : unread * 2;
        return RowReadStatus.NeedsMore;
    }

    private RowReadStatus ReadEnd()
    {
        var text = Unread.IndexOfAnyExcept(BodyStart.Blanks);
        if (text >= 0)
        {
            throw new RowsBodyException(ResponseFaultKind.TrailingText, _consumed + text);
        }

        Consume(_end - _start);
        return _endOfBody ? RowReadStatus.End : RowReadStatus.NeedsMore;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_end > _maxRowBytes)
        {
            throw new RowsBodyException(ResponseFaultKind.TooLarge, _consumed, _rows);
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private RowsBodyException EndOfBody()
    {
        if (_begun)
        {
            return new RowsBodyException(ResponseFaultKind.CutShort, BytesRead, _rows);
        }

        return new RowsBodyException(ResponseFaultKind.Empty, BytesRead);
    }

    private void Consume(int bytes)
    {
        _start += bytes;
        _consumed += bytes;
    }
}
