using System.Buffers.Binary;
using System.Text;

namespace BrxSync.Sync.Tests.Adapters.PostgreSql;

/// <summary>Reads PostgreSQL's binary COPY format back, as its documentation describes it.</summary>
internal sealed record CopyRow(IReadOnlyList<byte[]?> Fields)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public int Int32(int field) => BinaryPrimitives.ReadInt32BigEndian(Exactly(field, 4));

    public long Int64(int field) => BinaryPrimitives.ReadInt64BigEndian(Exactly(field, 8));

    public bool Flag(int field)
    {
        Exactly(field, 1)[0].ShouldBeLessThan((byte)2);
        return Exactly(field, 1) is [1];
    }

    public string? Text(int field) => Fields[field] is { } bytes ? Utf8.GetString(bytes) : null;

    public static List<CopyRow> ReadAll(ReadOnlySpan<byte> copy)
    {
        copy[..Header.Length].ToArray().ShouldBe(Header);
        copy = copy[Header.Length..];
        var rows = new List<CopyRow>();
        while (BinaryPrimitives.ReadInt16BigEndian(copy) is var count and not -1)
        {
            copy = copy[2..];
            var fields = new byte[]?[count];
            for (var i = 0; i < count; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(copy);
                fields[i] = length < 0 ? null : copy.Slice(4, length).ToArray();
                copy = copy[(4 + Math.Max(0, length))..];
            }

            rows.Add(new CopyRow(fields));
        }

        copy.Length.ShouldBe(2);
        return rows;
    }

    private byte[] Exactly(int field, int length)
    {
        var bytes = Fields[field].ShouldNotBeNull();
        bytes.Length.ShouldBe(length);
        return bytes;
    }
}
