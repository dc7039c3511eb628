using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;
using BrxSync.Client.Tests.Serialization.Lossless;

namespace BrxSync.Client.Tests.Serialization.Rows;

/// <summary>However a body arrives, its rows say what they say when it is parsed at once.</summary>
public sealed class SplitRowsTests
{
    private static readonly byte[] Body = RowBodies.Blueprints;

    private static readonly string Expected = Describe(
        TolerantList.Read(JsonElement.Parse(Body), "blueprints", CatalogReader.ReadBlueprint, "GET /rows"));

    [Fact]
    public async Task TryRead_SplitAtAnyByte_GivesTheSameBlueprints()
    {
        for (var at = 1; at < Body.Length; at++)
        {
            var body = new PrefixedStream(Body.AsMemory(0, at), new MemoryStream(Body[at..]));

            (await ReadAsync(body)).ShouldBe(Expected, $"split at {at}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task TryRead_AnyChunking_GivesTheSameBlueprints(int chunk) =>
        (await ReadAsync(new ChunkedStream([0xEF, 0xBB, 0xBF, .. Body], chunk))).ShouldBe(Expected);

    [Fact]
    public async Task TryRead_SameEditableProperties_AreOneList()
    {
        var (rows, _) = await RowBodies.ReadAsync<Blueprint>(new MemoryStream(Body), RowBodies.BlueprintRows().TryParse);

        rows[1]!.EditableProperties.ShouldBeSameAs(rows[0]!.EditableProperties);
        rows[5]!.EditableProperties.ShouldNotBeSameAs(rows[3]!.EditableProperties);
        rows[5]!.Faults.ShouldContain(fault => fault.Path == "editable_properties[1]");
        rows[6]!.Faults.ShouldBeEmpty();
    }

    private static async Task<string> ReadAsync(Stream body)
    {
        var records = RowBodies.BlueprintRows();
        var (rows, fault) = await RowBodies.ReadAsync<Blueprint>(body, records.TryParse, bufferBytes: 16);
        fault.ShouldBeNull();
        return Describe(new CardTraderList<Blueprint>([.. rows.OfType<Blueprint>()], records.Unreadable, "GET /rows"));
    }

    private static string Describe(CardTraderList<Blueprint> blueprints)
    {
        var atoms = Atoms.Of(blueprints);
        return string.Join('\n', atoms.Faults.Select(fault => $"{fault.Path}: {fault.Text}").Prepend(atoms.Dump));
    }
}
