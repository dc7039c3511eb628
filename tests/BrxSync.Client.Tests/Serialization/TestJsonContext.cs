using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Tests.Serialization;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TestJsonContext : JsonSerializerContext;
