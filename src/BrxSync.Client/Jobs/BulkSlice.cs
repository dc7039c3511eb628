using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Jobs;

/// <summary>Some of the elements of a bulk call.</summary>
internal sealed class BulkSlice(BulkItems items, int offset, int count) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("products");
        for (var i = offset; i < offset + count; i++)
        {
            writer.WriteStartObject();
            items.Write(writer, i);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
