using System.Buffers;
using System.Text.Json;

namespace BrxSync.Simulator.Stock;

/// <summary>
/// Gives a stock as rows of the export, piece by piece. The stock is locked only while a piece is written, so that sales go on during a
/// long download: a row then says what was true when it was written.
/// </summary>
internal sealed class ExportRows(
    GeneratedStock generated, IReadOnlyList<StockSlot> slots, IReadOnlyDictionary<long, int> slotById, Lock gate)
{
    private const int PieceBytes = 64 * 1024;

    private int position;
    private int slot;
    private bool any;

    /// <summary>Gets how many rows were written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes the next rows, at least one, with the commas between them. Returns false when there are none left.</summary>
    public bool WriteNext(IBufferWriter<byte> target, SellerParts seller, long userId, RowLimit limit)
    {
        lock (gate)
        {
            return position < generated.Count ? WriteGenerated(target, seller, userId, limit) : WriteSlots(target, userId, limit);
        }
    }

    private bool WriteGenerated(IBufferWriter<byte> target, SellerParts seller, long userId, RowLimit limit)
    {
        var span = target.GetSpan(PieceBytes);
        var filled = 0;
        while (position < generated.Count && span.Length - filled > GeneratedRowWriter.MaxRowBytes && Written < limit.Rows)
        {
            if (!generated.Holds(position))
            {
                // Kept as an object by now, written in its old place all the same: once, whenever it was changed during the download.
                target.Advance(filled);
                WriteSlot(target, slots[slotById[generated.FirstId + position++]], userId, limit);
                return true;
            }

            var quantity = generated.QuantityAt(position);
            if (quantity > 0)
            {
                if (any)
                {
                    span[filled++] = (byte)',';
                }

                any = true;
                filled += limit.Spoils(Written)
                    ? Spoil(span[filled..])
                    : GeneratedRowWriter.Write(
                        span[filled..],
                        generated.RowAt(position),
                        generated.FirstId + position,
                        quantity,
                        generated.PriceAt(position),
                        seller);
                Written++;
            }

            position++;
        }

        target.Advance(filled);
        return Written < limit.Rows;
    }

    private bool WriteSlots(IBufferWriter<byte> target, long userId, RowLimit limit)
    {
        var bytes = 0L;
        while (slot < slots.Count && bytes < PieceBytes && Written < limit.Rows)
        {
            var next = slots[slot++];
            if (next.Product is not { } product || !generated.TryPosition(product.Id, out _))
            {
                bytes += WriteSlot(target, next, userId, limit);
            }
        }

        return slot < slots.Count && Written < limit.Rows;
    }

    private long WriteSlot(IBufferWriter<byte> target, StockSlot row, long userId, RowLimit limit)
    {
        if (row.Product is { Quantity: <= 0 })
        {
            return 0;
        }

        if (any)
        {
            target.Write(","u8);
        }

        any = true;
        if (limit.Spoils(Written++))
        {
            target.Write("null"u8);
            return 4;
        }

        if ((row.Product is null ? row.Opaque : row.Product.Raw) is { } raw)
        {
            target.Write(raw.Span);
            return raw.Length;
        }

        using var json = new Utf8JsonWriter(target, Http.JsonAnswer.WriterOptions);
        ProductJson.WriteExportRow(json, row.Product!, userId);
        json.Flush();
        return json.BytesCommitted;
    }

    private static int Spoil(Span<byte> target)
    {
        "null"u8.CopyTo(target);
        return 4;
    }
}
