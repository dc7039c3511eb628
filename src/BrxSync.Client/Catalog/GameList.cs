using System.Text.Json.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>The answer of <c>GET /games</c>: documented as an array, really wrapped in an object. Both are read.</summary>
[JsonConverter(typeof(GameListConverter))]
internal sealed record GameList(IReadOnlyList<Game> Games);
