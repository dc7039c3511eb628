using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization;

/// <summary>Parses the whole body of an answer, or says precisely why that is impossible.</summary>
internal static class JsonBody
{
    /// <summary>Parses a body; the document lasts until it is disposed, and is cheapest then.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body, CallErrors errors)
    {
        var json = body[BodyStart.MarkLength(body.Span)..];
        if (!BodyStart.HasText(json.Span))
        {
            throw errors.Unusable(ResponseFaultKind.Empty, []);
        }

        ThrowIfHtml(json.Span, errors);
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            throw Explain(json.Span, errors);
        }
    }

    public static void ThrowIfHtml(ReadOnlySpan<byte> body, CallErrors errors)
    {
        if (BodyStart.IsHtml(body))
        {
            throw errors.Unusable(ResponseFaultKind.Html, body[..Math.Min(body.Length, ErrorBody.MaxBytes)]);
        }
    }

    private static CardTraderResponseException Explain(ReadOnlySpan<byte> json, CallErrors errors)
    {
        // Reading once more tells a body that ends too early or too late from bad JSON. The exception itself is not handed on: it quotes
        // the body, and with it whatever a server echoed.
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
                : errors.Unusable(ResponseFaultKind.Malformed, [], end);
        }
        catch (JsonException)
        {
            var kind = reader.CurrentDepth >= 63 ? ResponseFaultKind.TooDeep : ResponseFaultKind.Malformed;
            return errors.Unusable(kind, [], reader.BytesConsumed);
        }
    }
}
