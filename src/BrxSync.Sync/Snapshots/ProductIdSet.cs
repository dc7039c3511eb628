using System.Numerics;

namespace BrxSync.Sync.Snapshots;

/// <summary>A set of product ids in 8 to 16 bytes each: a million of them must not cost what a million objects do.</summary>
internal sealed class ProductIdSet
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private long[] _slots = new long[1024];
    private int _count;
    private bool _hasZero;

    /// <summary>Adds an id; false when it was there.</summary>
    public bool Add(long id)
    {
        if (id == 0)
        {
            var added = !_hasZero;
            _hasZero = true;
            return added;
        }

        if (_count * 4L >= _slots.Length * 3L)
        {
            Grow();
        }

        if (!Insert(_slots, id))
        {
            return false;
        }

        _count++;
        return true;
    }

    private static bool Insert(long[] slots, long id)
    {
        var shift = 64 - BitOperations.Log2((uint)slots.Length);
        var slot = (int)((ulong)id * Multiplier >> shift);
        while (slots[slot] != 0)
        {
            if (slots[slot] == id)
            {
                return false;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }

        slots[slot] = id;
        return true;
    }

    private void Grow()
    {
        var larger = new long[checked(_slots.Length * 2)];
        foreach (var id in _slots)
        {
            if (id != 0)
            {
                Insert(larger, id);
            }
        }

        _slots = larger;
    }
}
