using System.Buffers;
using System.IO.Pipelines;

namespace BrxSync.Simulator.Stock;

/// <summary>Writes whole bodies of the export.</summary>
internal static class ExportBodyWriter
{
    public static void Write(IBufferWriter<byte> target, SimulatedSeller seller)
    {
        if (seller.ExportBody is { } body)
        {
            target.Write(body.Span);
            return;
        }

        Open(target, seller);
        var rows = seller.Stock.Live();
        while (rows.WriteNext(target, seller.Parts, seller.UserId, RowLimit.None))
        {
        }

        target.Write("]"u8);
    }

    /// <summary>Writes the rows piece by piece, waiting for the reader: memory does not grow with the stock.</summary>
    public static async Task WriteAsync(
        PipeWriter target, SimulatedSeller seller, ExportRows rows, RowLimit limit, CancellationToken cancellationToken)
    {
        Open(target, seller);
        bool more;
        do
        {
            more = rows.WriteNext(target, seller.Parts, seller.UserId, limit);
            var flushed = await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted)
            {
                return;
            }
        }
        while (more);

        target.Write("]"u8);
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Open(IBufferWriter<byte> target, SimulatedSeller seller)
    {
        if (seller.ExportStartsWithMark)
        {
            target.Write(ExportFile.ByteOrderMark);
        }

        target.Write("["u8);
    }
}
