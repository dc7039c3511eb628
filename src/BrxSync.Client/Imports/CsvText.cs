using System.Text;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Imports;

/// <summary>
/// Sends a CSV file as UTF-8 without a byte order mark: a reader that does not know marks takes it for a part of the first cell.
/// </summary>
internal static class CsvText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task CopyAsync(Stream file, Stream target, CancellationToken cancellationToken)
    {
        var head = new byte[3];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var (mark, encoding) = FindMark(head.AsSpan(0, length));
        var text = new PrefixedStream(head.AsMemory(mark, length - mark), file);
        await using (text.ConfigureAwait(false))
        {
            var bytes = encoding is null ? text : Encoding.CreateTranscodingStream(text, encoding, Utf8);
            await using (bytes.ConfigureAwait(false))
            {
                await bytes.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static (int Length, Encoding? Encoding) FindMark(ReadOnlySpan<byte> head) => head switch
    {
        _ when BodyStart.MarkLength(head) is > 0 and var length => (length, null),
        [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
        [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
        _ => (0, null),
    };
}
