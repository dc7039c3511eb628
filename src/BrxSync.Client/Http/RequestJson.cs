using System.Buffers;
using System.Text.Json;

namespace BrxSync.Client.Http;

/// <summary>Writes request bodies by hand, so that nothing but documented keys is ever sent.</summary>
internal static class RequestJson
{
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an amount of money as a decimal number with two decimals.</summary>
    public static void WriteCents(this Utf8JsonWriter writer, string name, long cents) => writer.WriteNumber(name, cents * 0.01m);

    /// <summary>Writes a text unless there is none. An empty text is written.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>Writes a boolean unless there is none.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }

    /// <summary>Writes a number unless there is none.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
