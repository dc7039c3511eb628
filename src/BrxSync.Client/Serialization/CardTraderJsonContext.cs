using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>
/// The one context of the package, so that nothing needs reflection. Answers are read as parsed JSON and from there by hand: generated
/// code gives a whole answer up for one value of another kind.
/// </summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CardTraderJsonContext : JsonSerializerContext;
