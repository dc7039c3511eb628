using System.Text;
using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Errors;

/// <summary>
/// What the body of an unsuccessful answer says, whatever form it has: JSON in several shapes, HTML, plain text, cut off or empty.
/// </summary>
internal sealed record ErrorBody
{
    /// <summary>How much of such a body is read at most.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int LongestQuote = 200;

    public string? ErrorCode { get; init; }

    public string? RequestId { get; init; }

    /// <summary>What the body says in words, apart from <see cref="Errors"/>.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<CardTraderFault> Errors { get; init; } = [];

    public static ErrorBody Read(ReadOnlySpan<byte> body)
    {
        if (BodyStart.IsHtml(body))
        {
            return new ErrorBody { Message = HtmlPage.FindMessage(Encoding.UTF8.GetString(body)) };
        }

        body = body[BodyStart.MarkLength(body)..].TrimStart(BodyStart.Blanks);
        if (body.IsEmpty)
        {
            return new ErrorBody();
        }

        return body[0] switch
        {
            (byte)'{' or (byte)'[' or (byte)'"' => ReadJson(body) ?? ReadText(body),
            _ => ReadText(body),
        };
    }

    private static ErrorBody ReadText(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Length > LongestQuote ? body[..LongestQuote] : body).Trim();
        return new ErrorBody { Message = body.Length > LongestQuote ? text + "..." : text };
    }

    private static ErrorBody? ReadJson(ReadOnlySpan<byte> body)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return new ErrorBody { Errors = FaultList.Flatten(json) };
        }

        return new ErrorBody
        {
            ErrorCode = FindText(json, "error_code"u8),
            RequestId = FindText(json, "request_id"u8),
            Message = FindMessage(json),
            Errors = json.TryGetProperty("errors"u8, out var errors) ? FaultList.Flatten(errors) : [],
        };
    }

    private static string? FindMessage(JsonElement json)
    {
        if (json.TryGetProperty("extra"u8, out var extra)
            && extra.ValueKind == JsonValueKind.Object
            && FindText(extra, "message"u8) is { } message)
        {
            return message;
        }

        return FindText(json, "error"u8) ?? FindText(json, "message"u8);
    }

    private static string? FindText(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var value) && TolerantValues.TryReadText(value, out var text) && text!.Length > 0 ? text : null;
}
