using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.Serialization.Rows;

namespace BrxSync.Client.Tests.Serialization.Rows;

/// <summary>Damages a good body in every way a transfer may, and compares the verdict with that of a plain JSON parser.</summary>
public sealed class DamagedRowsTests
{
    public enum Kind
    {
        Products,
        Blueprints,
    }

    [Theory]
    [InlineData(Kind.Products, 9)]
    [InlineData(Kind.Blueprints, 11)]
    public async Task TryRead_AnyPrefixOfAGoodBody_IsRefused(Kind kind, int rowCount)
    {
        var body = BodyOf(kind);
        for (var length = 0; length < body.Length; length++)
        {
            var (rows, fault) = await ReadAsync(kind, body[..length], 97);

            fault.ShouldNotBeNull($"{length} bytes").Kind
                .ShouldBe(body.AsSpan(0, length).IndexOf((byte)'[') < 0 ? ResponseFaultKind.Empty : ResponseFaultKind.CutShort);
            rows.ShouldBeLessThanOrEqualTo(rowCount);
        }

        (await ReadAsync(kind, body, 97)).ShouldBe((rowCount, null));
    }

    [Theory]
    [InlineData(Kind.Products, 1)]
    [InlineData(Kind.Products, 2)]
    [InlineData(Kind.Products, 3)]
    [InlineData(Kind.Products, 4)]
    [InlineData(Kind.Blueprints, 5)]
    [InlineData(Kind.Blueprints, 6)]
    [InlineData(Kind.Blueprints, 7)]
    [InlineData(Kind.Blueprints, 8)]
    public async Task TryRead_RandomDamage_AgreesWithAPlainParser(Kind kind, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var body = Damage(BodyOf(kind), random);

            var (rows, fault) = await ReadAsync(kind, body, random.Next(1, 300));

            var count = CountRows(kind, body);
            (fault is null).ShouldBe(
                count is not null,
                $"seed {seed}, round {round}: {fault?.Kind} at {fault?.BytePosition}\n{Encoding.UTF8.GetString(body)}");
            rows.ShouldBe(count ?? rows);
        }
    }

    private static byte[] BodyOf(Kind kind) => kind == Kind.Products ? RowBodies.Products : RowBodies.Blueprints;

    private static byte[] Damage(byte[] good, Random random)
    {
        var body = good.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(4))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body[at] = (byte)"[]{}\",:\\0 \n-.e"[random.Next(14)];
                    break;
                case 2:
                    body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at));
                    break;
                default:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 20), body.Count - at)));
                    break;
            }
        }

        return [.. body];
    }

    // The values of a product are kept as they came, and so its bytes must be text; a blueprint names what is not.
    private static int? CountRows(Kind kind, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = RowReader<Product>.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Array && (kind == Kind.Blueprints || Utf8.IsValid(body))
                ? document.RootElement.GetArrayLength()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<(int Rows, RowsBodyException? Fault)> ReadAsync(Kind kind, byte[] body, int chunk)
    {
        var stream = new ChunkedStream(body, chunk);
        if (kind == Kind.Products)
        {
            var (products, fault) = await RowBodies.ReadAsync(stream, RowBodies.ProductRows());
            return (products.Count, fault);
        }

        var (blueprints, blueprintFault) = await RowBodies.ReadAsync<Blueprint>(stream, RowBodies.BlueprintRows().TryParse);
        return (blueprints.Count, blueprintFault);
    }
}
