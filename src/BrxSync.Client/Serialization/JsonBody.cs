using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization;

/// <summary>Turns the whole body of an answer into a value, or says precisely why that is impossible.</summary>
internal static class JsonBody
{
    public static T Deserialize<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> typeInfo, CallErrors errors)
    {
        var json = body.Span[BodyStart.MarkLength(body.Span)..];
        if (!BodyStart.HasText(json))
        {
            throw errors.Unusable(ResponseFaultKind.Empty, []);
        }

        ThrowIfHtml(json, errors);
        try
        {
            return JsonSerializer.Deserialize(json, typeInfo)
                ?? throw errors.Unusable(ResponseFaultKind.UnexpectedShape, json, 0, fault: "null");
        }
        catch (JsonException exception)
        {
            throw Explain(json, exception, errors);
        }
    }

    public static void ThrowIfHtml(ReadOnlySpan<byte> body, CallErrors errors)
    {
        if (BodyStart.IsHtml(body))
        {
            throw errors.Unusable(ResponseFaultKind.Html, body[..Math.Min(body.Length, ErrorBody.MaxBytes)]);
        }
    }

    /// <summary>Returns the path of the value that does not fit; nothing for text that is no JSON.</summary>
    public static string? PlaceOf(JsonException exception) =>
        KindOf(exception) == ResponseFaultKind.UnexpectedShape ? exception.Path : null;

    /// <summary>Tells a value of the wrong kind, which names its path, from text that is no JSON.</summary>
    public static ResponseFaultKind KindOf(JsonException exception) =>
        exception.InnerException is JsonException ? ResponseFaultKind.Malformed : ResponseFaultKind.UnexpectedShape;

    /// <summary>Tells whether the parser wanted more text than there was. Only meaningful at the end of the body.</summary>
    public static bool IsCutShort(JsonException exception) => KindOf(exception) == ResponseFaultKind.Malformed;

    private static CardTraderResponseException Explain(ReadOnlySpan<byte> json, JsonException exception, CallErrors errors)
    {
        // Reading once more without any type tells bad JSON from good JSON of another shape. The exception itself is not handed on:
        // it quotes the body, and with it whatever a server echoed.
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            var depth = -1;
            while (reader.Read())
            {
                depth = reader.CurrentDepth;
                if (depth == 0 && reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    break;
                }
            }

            var end = (int)reader.BytesConsumed;
            if (depth != 0 || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                return errors.Unusable(ResponseFaultKind.CutShort, [], json.Length);
            }

            return json[end..].IndexOfAnyExcept(BodyStart.Blanks) >= 0
                ? errors.Unusable(ResponseFaultKind.TrailingText, [], end)
                : errors.Unusable(ResponseFaultKind.UnexpectedShape, json, fault: exception.Path);
        }
        catch (JsonException)
        {
            var kind = reader.CurrentDepth >= 63 ? ResponseFaultKind.TooDeep : ResponseFaultKind.Malformed;
            return errors.Unusable(kind, [], reader.BytesConsumed);
        }
    }
}
