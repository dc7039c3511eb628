using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format: fields in network byte order behind their lengths, -1 for null.
/// Encoding by hand costs half of what a field-by-field importer does, and a row is then a few copies of memory.
/// </summary>
internal sealed class CopyEncoder : IDisposable
{
    private const short StageFieldCount = 11;

    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
    private int _length;

    /// <summary>Gets what was encoded since <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Starts a COPY: the signature, no flags, no extension.</summary>
    public void Begin()
    {
        _length = 0;
        Signature.CopyTo(Reserve(Signature.Length));
        Reserve(8).Clear();
    }

    /// <summary>Begins a row; as many fields have to follow.</summary>
    public void AddRow(short fields) => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), fields);

    /// <summary>Adds a row of the stage.</summary>
    public void Add(in SnapshotRow row)
    {
        var product = row.Product;
        AddRow(StageFieldCount);
        AddInt32(row.Index);
        AddId(product.Id.Value);
        AddInt32((int)product.BlueprintId.Value);
        AddInt32(product.Quantity);
        AddInt32((int)product.Price.Cents);
        AddBytes(product.Properties.Utf8Json.Span);
        AddText(product.Description);
        AddText(product.UserDataField);
        AddFixed(product.Graded, row.ContentHash, row.MayCreate);
    }

    /// <summary>Ends the COPY.</summary>
    public void End() => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), -1);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public void AddNull() => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), -1);

    public void AddInt16(short value)
    {
        var field = Reserve(6);
        BinaryPrimitives.WriteInt32BigEndian(field, 2);
        BinaryPrimitives.WriteInt16BigEndian(field[4..], value);
    }

    public void AddInt32(int value)
    {
        var field = Reserve(8);
        BinaryPrimitives.WriteInt32BigEndian(field, 4);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], value);
    }

    public void AddInt32(int? value)
    {
        if (value is { } known)
        {
            AddInt32(known);
        }
        else
        {
            AddNull();
        }
    }

    public void AddInt64(long value)
    {
        var field = Reserve(12);
        BinaryPrimitives.WriteInt32BigEndian(field, 8);
        BinaryPrimitives.WriteInt64BigEndian(field[4..], value);
    }

    public void AddFlag(bool value)
    {
        var field = Reserve(5);
        BinaryPrimitives.WriteInt32BigEndian(field, 1);
        field[4] = value ? (byte)1 : (byte)0;
    }

    public void AddUuid(Guid value)
    {
        var field = Reserve(20);
        BinaryPrimitives.WriteInt32BigEndian(field, 16);
        value.TryWriteBytes(field[4..], bigEndian: true, out _);
    }

    /// <summary>Adds a number as a text.</summary>
    public void AddId(long id)
    {
        Ensure(24);
        Utf8Formatter.TryFormat(id, _buffer.AsSpan(_length + 4), out var digits);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), digits);
        _length += 4 + digits;
    }

    private void AddBytes(ReadOnlySpan<byte> bytes)
    {
        var field = Reserve(4 + bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(field, bytes.Length);
        bytes.CopyTo(field[4..]);
    }

    public void AddText(string? text)
    {
        if (text is null)
        {
            AddNull();
            return;
        }

        Ensure(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + 4));
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), bytes);
        _length += 4 + bytes;
    }

    private void AddFixed(bool graded, long hash, bool mayCreate)
    {
        var fields = Reserve(22);
        BinaryPrimitives.WriteInt32BigEndian(fields, 1);
        fields[4] = graded ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(fields[5..], 8);
        BinaryPrimitives.WriteInt64BigEndian(fields[9..], hash);
        BinaryPrimitives.WriteInt32BigEndian(fields[17..], 1);
        fields[21] = mayCreate ? (byte)1 : (byte)0;
    }

    private Span<byte> Reserve(int size)
    {
        Ensure(size);
        var span = _buffer.AsSpan(_length, size);
        _length += size;
        return span;
    }

    private void Ensure(int size)
    {
        if (_buffer.Length - _length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + size));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
