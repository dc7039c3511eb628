using System.Text;
using System.Text.Json;

namespace BrxSync.Simulator.Tests;

/// <summary>What the marketplace answered.</summary>
public sealed record Answer(int Status, byte[] Body, DateTimeOffset? Date)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
