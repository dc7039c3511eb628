using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>
/// Makes the ids of the changes of a step: UUIDs of version 7. The first one is drawn, the others count on from it: a draw is a call of
/// the system, and ids in order go to one place of an index.
/// </summary>
/// <param name="at">When the changes are made.</param>
internal sealed class ChangeIds(DateTimeOffset at)
{
    private const ulong Variant = 0x8000_0000_0000_0000;
    private const ulong VariantMask = 0xC000_0000_0000_0000;

    private ulong _high;
    private ulong _low;

    /// <summary>Makes one.</summary>
    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (_high == 0)
        {
            RandomNumberGenerator.Fill(bytes);
            _high = ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0x0FFF);
            _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (_low++ & ~VariantMask) | Variant);
        return new Guid(bytes, bigEndian: true);
    }
}
