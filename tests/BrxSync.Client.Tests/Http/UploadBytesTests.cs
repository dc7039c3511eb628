using System.Net;
using System.Text;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Tests.Http;

/// <summary>The bytes of a form as they leave, not as a lenient reader takes them.</summary>
public sealed class UploadBytesTests
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private byte[] _sent = [];

    public static TheoryData<string, string> Names => new()
    {
        { "front.png", "filename=\"front.png\"" },
        { "front 1.PNG", "filename=\"front 1.PNG\"" },
        { "Kärtchen.png", "filename=\"K_rtchen.png\"; filename*=UTF-8''K%C3%A4rtchen.png" },
        { "卡片.jpg", "filename=\"__.jpg\"; filename*=UTF-8''%E5%8D%A1%E7%89%87.jpg" },
        { "🂡.webp", "filename=\"_.webp\"; filename*=UTF-8''%F0%9F%82%A1.webp" },
        { "a\"b.png", "filename=\"a%22b.png\"" },
        { "a\r\nX-Other: 1.png", "filename=\"a__X-Other: 1.png\"; filename*=UTF-8''a%0D%0AX-Other%3A%201.png" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UploadImageAsync_AnyName_LeavesReadableAndWithItsExtension(string name, string expected)
    {
        using var client = Client();

        await client.Account.Inventory.UploadImageAsync(new ProductId(7), new ImageUpload(name, 3, () => new MemoryStream([1, 2, 3])));

        DispositionOf("uploaded_image[image]").ShouldBe($"Content-Disposition: form-data; name=\"uploaded_image[image]\"; {expected}");
        Encoding.Latin1.GetString(_sent).ShouldNotContain("=?");
    }

    [Theory]
    [InlineData("Bestände.csv", "filename=\"Best_nde.csv\"; filename*=UTF-8''Best%C3%A4nde.csv")]
    [InlineData("a\\b.csv", "filename=\"a_b.csv\"; filename*=UTF-8''a%5Cb.csv")]
    public async Task StartAsync_AnyName_LeavesReadableAndWithItsExtension(string name, string expected)
    {
        using var client = Client();

        await client.Account.Imports.StartAsync(Import([]) with { FileName = name });

        DispositionOf("csv").ShouldBe($"Content-Disposition: form-data; name=\"csv\"; {expected}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task StartAsync_FileWithAByteOrderMark_LeavesAsUtf8WithoutIt(int chunk)
    {
        const string text = "blueprint_id,description\n1,Kärtchen 卡片\n";
        var plain = Encoding.UTF8.GetBytes(text);
        byte[][] files =
        [
            plain, [.. Utf8Mark, .. plain], [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        ];
        foreach (var file in files)
        {
            using var client = Client();

            await client.Account.Imports.StartAsync(Import(file, chunk));

            BodyOf("csv").ShouldBe(plain);
        }
    }

    [Fact]
    public async Task StartAsync_ShortFile_LeavesAsItIs()
    {
        foreach (var file in new byte[][] { [], [0xEF], [0xEF, 0xBB], "1"u8.ToArray(), "12"u8.ToArray(), Utf8Mark })
        {
            using var client = Client();

            await client.Account.Imports.StartAsync(Import(file));

            BodyOf("csv").ShouldBe(file.AsSpan().SequenceEqual(Utf8Mark) ? [] : file);
        }
    }

    [Fact]
    public async Task UploadImageAsync_PictureThatBeginsLikeAMark_LeavesUnchanged()
    {
        byte[] picture = [0xEF, 0xBB, 0xBF, 1];
        using var client = Client();

        await client.Account.Inventory.UploadImageAsync(
            new ProductId(7), new ImageUpload("a.png", picture.Length, () => new MemoryStream(picture)));

        BodyOf("uploaded_image[image]").ShouldBe(picture);
    }

    private static CsvImport Import(byte[] file, int chunk = 4096) => new()
    {
        GameId = new GameId(1),
        Mode = CsvImportMode.AddToStock,
        Columns = ["blueprint_id", "description"],
        Open = () => new ChunkedStream(file, chunk),
    };

    private TestClient Client() => new(new StubTransport(async (request, _, token) =>
    {
        _sent = await request.Content!.ReadAsByteArrayAsync(token);
        return StubTransport.Answer(HttpStatusCode.OK, """{"id":1}""");
    }));

    private string DispositionOf(string field) =>
        PartOf(field).Head.Single(line => line.StartsWith("Content-Disposition", StringComparison.Ordinal));

    private byte[] BodyOf(string field) => PartOf(field).Body;

    private (string[] Head, byte[] Body) PartOf(string field)
    {
        // Latin-1 keeps every byte.
        var text = Encoding.Latin1.GetString(_sent);
        var boundary = "\r\n" + text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
        var part = ("\r\n" + text)
            .Split(boundary)
            .Single(part => part.Contains($"name=\"{field}\"", StringComparison.Ordinal))
            .Split("\r\n\r\n", 2);
        return (part[0].Split("\r\n"), Encoding.Latin1.GetBytes(part[1]));
    }
}
