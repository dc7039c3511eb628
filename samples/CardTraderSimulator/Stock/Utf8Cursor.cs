using System.Buffers.Text;

namespace BrxSync.Simulator.Stock;

/// <summary>Writes UTF-8 into a span, front to back; the caller has seen to it that there is room.</summary>
internal ref struct Utf8Cursor(Span<byte> target)
{
    private readonly Span<byte> target = target;

    public int Written { get; private set; }

    public void Put(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(target[Written..]);
        Written += utf8.Length;
    }

    public void Put(long number)
    {
        Utf8Formatter.TryFormat(number, target[Written..], out var length);
        Written += length;
    }

    public void Put(bool flag) => Put(flag ? "true"u8 : "false"u8);
}
