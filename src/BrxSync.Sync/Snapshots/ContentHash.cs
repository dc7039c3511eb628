using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// A stable 64-bit hash of a product's descriptive fields. It lets a store see that a row is unchanged without parsing or comparing
/// its properties; quantity, price and blueprint are always compared themselves.
/// </summary>
internal static class ContentHash
{
    private const ulong Seed = 0x2D358DCCAA6C78A5;
    private const ulong First = 0x8BB84B93962EACC9;
    private const ulong Second = 0x4B33A62ED433D4A3;

    /// <summary>Hashes properties, description, private text and graded; null and empty texts differ.</summary>
    public static long Of(Product product)
    {
        var hash = Add(Seed, product.Properties.Utf8Json.Span);
        hash = AddText(hash, product.Description);
        hash = AddText(hash, product.UserDataField);
        return (long)Mix(hash ^ (product.Graded ? First : Second), Seed);
    }

    private static ulong AddText(ulong hash, string? text) =>
        text is null ? Mix(hash ^ Second, First) : Add(hash, MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash = Mix(hash ^ (ulong)bytes.Length, First);
        while (bytes.Length >= 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ First, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }

        Span<byte> rest = stackalloc byte[16];
        rest.Clear();
        bytes.CopyTo(rest);
        return Mix(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ Second, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ hash);
    }

    /// <summary>
    /// Folds the 128-bit product of two words: one multiplication spreads every input bit. By zero it would wipe out the other word, and
    /// a text that cancels a constant would hide all that was hashed before it.
    /// </summary>
    private static ulong Mix(ulong left, ulong right)
    {
        if (left == 0 || right == 0)
        {
            return ~(left | right);
        }

        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
