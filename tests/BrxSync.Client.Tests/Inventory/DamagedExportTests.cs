using System.Text.Json;
using System.Text.Unicode;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory.Exports;

namespace BrxSync.Client.Tests.Inventory;

/// <summary>Damages a good body in every way a transfer may, and compares the verdict with that of a plain JSON parser.</summary>
public sealed class DamagedExportTests
{
    private static readonly byte[] Body = File
        .ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "export.quirks.json"))
        .AsSpan()
        .TrimEnd("\n"u8)
        .ToArray();

    [Fact]
    public async Task TryRead_AnyPrefixOfAGoodBody_IsRefused()
    {
        for (var length = 0; length < Body.Length; length++)
        {
            var (rows, fault) = await ReadAsync(Body[..length], 97);

            fault.ShouldNotBeNull($"{length} bytes").Kind
                .ShouldBe(Body.AsSpan(0, length).IndexOf((byte)'[') < 0 ? ResponseFaultKind.Empty : ResponseFaultKind.CutShort);
            rows.ShouldBeLessThanOrEqualTo(9);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task TryRead_RandomDamage_AgreesWithAPlainParser(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var body = Damage(random);

            var (_, fault) = await ReadAsync(body, random.Next(1, 300));

            (fault is null).ShouldBe(
                IsArray(body),
                $"seed {seed}, round {round}: {fault?.Kind} at {fault?.BytePosition}\n{System.Text.Encoding.UTF8.GetString(body)}");
        }
    }

    private static byte[] Damage(Random random)
    {
        var body = Body.ToList();
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

    private static bool IsArray(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ProductExportReader.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Array && Utf8.IsValid(body);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<(int Rows, ExportBodyException? Fault)> ReadAsync(byte[] body, int chunk)
    {
        using var reader = new ProductExportReader(new ChunkedStream(body, chunk), 256, 1024 * 1024);
        var rows = 0;
        try
        {
            while (true)
            {
                switch (reader.TryRead(out _))
                {
                    case ExportReadStatus.Row:
                        rows++;
                        break;
                    case ExportReadStatus.End:
                        return (rows, null);
                    default:
                        await reader.FillAsync(CancellationToken.None);
                        break;
                }
            }
        }
        catch (ExportBodyException fault)
        {
            return (rows, fault);
        }
    }
}
