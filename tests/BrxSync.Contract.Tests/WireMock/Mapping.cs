using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>A request and its answer, in the words of WireMock's mapping files.</summary>
internal sealed record Mapping(
    RequestPattern Request,
    Answer Response,
    string? ScenarioName = null,
    string? RequiredScenarioState = null,
    string? NewScenarioState = null)
{
    /// <summary>Refuses a key it does not know: a part of a mapping that is ignored would make its test check less than it says.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the text of a file: one mapping, or several under <c>mappings</c>.</summary>
    public static IReadOnlyList<Mapping> Read(string text)
    {
        using var file = JsonDocument.Parse(text);
        IReadOnlyList<Mapping> mappings = file.RootElement.TryGetProperty("mappings", out _)
            ? JsonSerializer.Deserialize<Several>(text, Json)!.Mappings
            : [JsonSerializer.Deserialize<Mapping>(text, Json)!];
        foreach (var mapping in mappings)
        {
            mapping.ThrowIfAPartIsIgnored();
        }

        return mappings;
    }

    private void ThrowIfAPartIsIgnored()
    {
        if (ScenarioName is null != RequiredScenarioState is null || (ScenarioName is null && NewScenarioState is not null))
        {
            throw new JsonException("A scenario has a name and the state it must be in.");
        }

        if (Response is { Body: not null, JsonBody: not null })
        {
            throw new JsonException("An answer has one body.");
        }

        if (Response.Fault is not null and not Fault.StopsHalfway && Response != new Answer(Fault: Response.Fault))
        {
            throw new JsonException("Nothing arrives of an answer with this fault.");
        }
    }

    private sealed record Several(IReadOnlyList<Mapping> Mappings);
}

/// <summary>What goes back, with status 200 unless given.</summary>
internal sealed record Answer(
    int? Status = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Body = null,
    JsonNode? JsonBody = null,
    Fault? Fault = null);

/// <summary>What becomes of an answer on its way.</summary>
internal enum Fault
{
    /// <summary>The connection ends before a byte of the answer.</summary>
    EmptyResponse,

    /// <summary>Something that is not HTTP, and the connection ends.</summary>
    RandomDataThenClose,

    /// <summary>A good status and head, then something that is not a chunk of a body, and the connection ends.</summary>
    MalformedResponseChunk,

    /// <summary>The connection is reset.</summary>
    ConnectionResetByPeer,

    /// <summary>The connection stays open, and nothing arrives.</summary>
    NeverBegins,

    /// <summary>Status, head and half the body arrive, then nothing more.</summary>
    StopsHalfway,
}
