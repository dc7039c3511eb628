using System.Text.Json;
using System.Text.Json.Serialization;
using BrxSync.Client.Account;
using BrxSync.Client.Catalog;

namespace BrxSync.Client.Serialization;

/// <summary>
/// The one context of the package: generated code for every body that is read or written, so that nothing needs reflection.
/// </summary>
/// <remarks>
/// Generated code passes init-only members as constructor arguments: an absent key then overwrites the member's initializer with the
/// type's default, so members that must not be null mend it in their init accessor; extension data needs a setter.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(IdConverter<ProductId>), typeof(OptionalIdConverter<ProductId>),
        typeof(IdConverter<BlueprintId>), typeof(OptionalIdConverter<BlueprintId>),
        typeof(IdConverter<ExpansionId>), typeof(OptionalIdConverter<ExpansionId>),
        typeof(IdConverter<GameId>), typeof(OptionalIdConverter<GameId>),
        typeof(IdConverter<CategoryId>), typeof(OptionalIdConverter<CategoryId>),
        typeof(IdConverter<OrderId>), typeof(OptionalIdConverter<OrderId>),
        typeof(IdConverter<OrderItemId>), typeof(OptionalIdConverter<OrderItemId>),
        typeof(OptionalIntegerConverter),
        typeof(MoneyConverter),
    ])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(AppInfo))]
[JsonSerializable(typeof(GameList))]
[JsonSerializable(typeof(List<Game>))]
[JsonSerializable(typeof(List<Expansion>))]
[JsonSerializable(typeof(List<Category>))]
[JsonSerializable(typeof(Blueprint))]
[JsonSerializable(typeof(List<Blueprint>))]
internal sealed partial class CardTraderJsonContext : JsonSerializerContext;
