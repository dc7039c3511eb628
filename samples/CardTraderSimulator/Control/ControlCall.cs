using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Simulator.Control;

/// <summary>
/// A call of the control interface. Wrong requests are answered 400, unknown things 404, impossible ones 409, each with a text.
/// </summary>
internal sealed class ControlCall
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly HttpContext context;

    private ControlCall(HttpContext context, JsonElement body)
    {
        this.context = context;
        Body = body;
    }

    public JsonElement Body { get; }

    public static async Task RunAsync(HttpContext context, Func<ControlCall, Task<object?>> handle)
    {
        object? answer;
        var status = StatusCodes.Status200OK;
        try
        {
            var call = new ControlCall(context, await ReadAsync(context.Request).ConfigureAwait(false));
            answer = await handle(call).ConfigureAwait(false) ?? new { ok = true };
        }
        catch (KeyNotFoundException error)
        {
            (status, answer) = (StatusCodes.Status404NotFound, new { error = error.Message });
        }
        catch (InvalidOperationException error)
        {
            (status, answer) = (StatusCodes.Status409Conflict, new { error = error.Message });
        }
        catch (Exception error) when (error is ArgumentException or JsonException or FormatException)
        {
            (status, answer) = (StatusCodes.Status400BadRequest, new { error = error.Message });
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer, Json, context.RequestAborted).ConfigureAwait(false);
    }

    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public long? QueryNumber(string name) =>
        Query(name) is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    public DateTimeOffset? QueryTime(string name) =>
        Query(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    public long? Number(string name) => Find(name)?.GetInt64();

    public long Required(string name) => Number(name) ?? throw new ArgumentException($"{name} is missing.");

    public double? Fraction(string name) => Find(name)?.GetDouble();

    public string? Text(string name) => Find(name)?.GetString();

    public bool? Flag(string name) => Find(name)?.GetBoolean();

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        var text = Text(name);
        return text is null ? otherwise
            : Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value
            : throw new ArgumentException($"{name} is {text}; give one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private JsonElement? Find(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 or null && request.Headers.TransferEncoding.Count == 0)
        {
            return default;
        }

        using var document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return document.RootElement.Clone();
    }
}
