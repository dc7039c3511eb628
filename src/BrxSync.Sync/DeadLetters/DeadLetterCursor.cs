using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BrxSync.Sync.DeadLetters;

/// <summary>
/// Where a list of letters goes on: the number of the last letter given, and a mark of the list that it belongs to. The mark finds
/// mistakes; it guards nothing, since a list is read for its account whatever the cursor says.
/// </summary>
internal static class DeadLetterCursor
{
    private const int NumberLength = sizeof(long);
    private const int MarkLength = 8;

    public static string Of(long number, AccountId? accountId, DeadLetterQuery query)
    {
        Span<byte> bytes = stackalloc byte[NumberLength + MarkLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        WriteMark(bytes[NumberLength..], number, accountId, query);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the number out of a cursor.</summary>
    /// <exception cref="InvalidCursorException">It is none, or one of another list.</exception>
    public static long Read(string cursor, AccountId? accountId, DeadLetterQuery query)
    {
        Span<byte> bytes = stackalloc byte[NumberLength + MarkLength];
        Span<byte> mark = stackalloc byte[MarkLength];
        if (cursor.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length) && length == bytes.Length)
        {
            var number = BinaryPrimitives.ReadInt64BigEndian(bytes);
            WriteMark(mark, number, accountId, query);
            if (bytes[NumberLength..].SequenceEqual(mark))
            {
                return number;
            }
        }

        throw new InvalidCursorException(
            "The cursor is damaged, or belongs to a list of another account or with other filters: begin with the first page.");
    }

    private static void WriteMark(Span<byte> mark, long number, AccountId? accountId, DeadLetterQuery query)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"dead letters|{number}|{accountId}|{query.Source}|{query.Kind}|{query.Status}|{query.FailedBefore?.UtcTicks}")), hash);
        hash[..MarkLength].CopyTo(mark);
    }
}
