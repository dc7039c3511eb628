using System.Text.Json;
using System.Text.Json.Serialization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>Reads a list of games, wrapped in <c>array</c> or not.</summary>
internal sealed class GameListConverter : JsonConverter<GameList>
{
    public override GameList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new GameList(ReadGames(ref reader));
        }

        List<Game>? games = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isGames = reader.ValueTextEquals("array"u8);
                reader.Read();
                if (isGames && reader.TokenType == JsonTokenType.StartArray)
                {
                    games = ReadGames(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new GameList(games ?? throw new JsonException("The games are neither an array nor wrapped in one."));
    }

    public override void Write(Utf8JsonWriter writer, GameList value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static List<Game> ReadGames(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, CardTraderJsonContext.Default.ListGame)!;
}
