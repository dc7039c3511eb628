using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>What a request must look like; a part that is not given may be anything.</summary>
/// <param name="Method">The method, or <c>ANY</c>.</param>
/// <param name="Url">Path and query exactly as sent.</param>
/// <param name="UrlPattern">An expression that path and query fulfil from end to end.</param>
/// <param name="Headers">The value that each of these headers has.</param>
/// <param name="BodyPatterns">What the body is.</param>
/// <param name="MultipartPatterns">A part that a form has, each.</param>
internal sealed record RequestPattern(
    string Method,
    string? Url = null,
    string? UrlPattern = null,
    IReadOnlyDictionary<string, ValuePattern>? Headers = null,
    IReadOnlyList<ValuePattern>? BodyPatterns = null,
    IReadOnlyList<PartPattern>? MultipartPatterns = null)
{
    /// <summary>Lists in words what is otherwise in a request; nothing when it is the one described.</summary>
    public IEnumerable<string> FindDifferences(ReceivedRequest request)
    {
        if (Method != "ANY" && Method != request.Method)
        {
            yield return $"the method is {request.Method}, not {Method}";
        }

        if ((Url ?? request.Url) != request.Url)
        {
            yield return $"the URL is {request.Url}, not {Url}";
        }

        if (UrlPattern is not null && !Regex.IsMatch(request.Url, $@"\A(?:{UrlPattern})\z"))
        {
            yield return $"the URL is {request.Url}, not like {UrlPattern}";
        }

        foreach (var (name, pattern) in Headers ?? new Dictionary<string, ValuePattern>())
        {
            if (!pattern.IsMetBy(request.Headers, name))
            {
                yield return $"the header {name} is {request.Headers.GetValueOrDefault(name, "absent")}, not {pattern}";
            }
        }

        foreach (var pattern in (BodyPatterns ?? []).Where(pattern => !pattern.IsMetBy(request.Content)))
        {
            yield return $"the body is {request.Body}, not {pattern}";
        }

        if (MultipartPatterns is not null)
        {
            var parts = PartsOf(request);
            foreach (var pattern in MultipartPatterns.Where(pattern => !parts.Exists(pattern.IsMetBy)))
            {
                yield return $"no part of the body {request.Body} is {JsonSerializer.Serialize(pattern, Mapping.Json)}";
            }
        }
    }

    private static List<Part> PartsOf(ReceivedRequest request)
    {
        var parts = new List<Part>();
        if (!MediaTypeHeaderValue.TryParse(request.Headers.GetValueOrDefault("Content-Type"), out var type) || !type.Boundary.HasValue)
        {
            return parts;
        }

        // All of it is in memory, so nothing is waited for.
        var reader = new MultipartReader(type.Boundary.Value, new MemoryStream(request.Content));
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            var content = new MemoryStream();
            section.Body.CopyTo(content);
            parts.Add(new Part(
                section.Headers!.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                content.ToArray()));
        }

        return parts;
    }
}

/// <summary>A part of a form.</summary>
internal sealed record Part(IReadOnlyDictionary<string, string> Headers, byte[] Content);

/// <summary>What a part of a form must look like.</summary>
internal sealed record PartPattern(IReadOnlyDictionary<string, ValuePattern> Headers, IReadOnlyList<ValuePattern> BodyPatterns)
{
    public bool IsMetBy(Part part) =>
        Headers.All(header => header.Value.IsMetBy(part.Headers, header.Key))
        && BodyPatterns.All(pattern => pattern.IsMetBy(part.Content));
}

/// <summary>What a header or a body must be; all that is given must hold.</summary>
internal sealed record ValuePattern(
    string? EqualTo = null,
    string? Contains = null,
    string? Matches = null,
    byte[]? BinaryEqualTo = null,
    JsonNode? EqualToJson = null,
    bool? Absent = null)
{
    public bool IsMetBy(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.TryGetValue(name, out var value) && IsMetBy(Encoding.UTF8.GetBytes(value));

    public bool IsMetBy(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        return (EqualTo is null || text == EqualTo)
            && (Contains is null || text.Contains(Contains, StringComparison.Ordinal))
            && (Matches is null || Regex.IsMatch(text, $@"\A(?:{Matches})\z"))
            && (BinaryEqualTo is null || content.AsSpan().SequenceEqual(BinaryEqualTo))
            && (EqualToJson is null || IsJson(text))
            && (Absent is null || Absent == (content.Length == 0));
    }

    public override string ToString() => JsonSerializer.Serialize(this, Mapping.Json);

    private bool IsJson(string text)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(text), EqualToJson);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
