using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClientExport;

/// <summary>The fields of a product for plain generated deserialization; tolerates nothing and checks nothing.</summary>
internal sealed record PlainProduct<TProperties>
{
    public required long Id { get; init; }

    public required long BlueprintId { get; init; }

    public long? CategoryId { get; init; }

    public long? GameId { get; init; }

    public long? ExpansionId { get; init; }

    [JsonPropertyName("name_en")]
    public string? Name { get; init; }

    public required int Quantity { get; init; }

    public int BundleSize { get; init; }

    public string? Description { get; init; }

    public long PriceCents { get; init; }

    public string? PriceCurrency { get; init; }

    public TProperties? PropertiesHash { get; init; }

    public long? UserId { get; init; }

    public bool? Graded { get; init; }

    public string? Tag { get; init; }

    public string? UserDataField { get; init; }

    public List<JsonElement>? UploadedImages { get; init; }
}
