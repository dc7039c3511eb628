using BrxSync.Client.Webhooks;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string OtherSecret = "ffffffffffffffffffffffffffffffff";

    // Made with: openssl dgst -sha256 -hmac SECRET -binary FILE | base64
    [Theory]
    [InlineData("order-update.json", "JJQWfYW/BgyE5dfgPIckUNmBK4b4nKi/262OQjBmcIs=")]
    [InlineData("order-destroy.crlf.json", "2ddxJnv853+A//jnvoGwV5QB5lmE1OLTXfMoir/lcjs=")]
    public void Verify_SignatureOfAnotherTool_IsValid(string file, string signature)
    {
        WebhookSignature.Verify(Body(file), signature, Secret).ShouldBe(WebhookVerdict.Valid);
        WebhookSignature.Compute(Body(file), Secret).ShouldBe(signature);
    }

    [Fact]
    public void Verify_SecretBeingRotated_AnyOfThemFits()
    {
        var body = Body("order-update.json");

        WebhookSignature.Verify(body, WebhookSignature.Compute(body, Secret), OtherSecret, Secret).ShouldBe(WebhookVerdict.Valid);
        WebhookSignature.Verify(body, WebhookSignature.Compute(body, Secret), Secret, OtherSecret).ShouldBe(WebhookVerdict.Valid);
        WebhookSignature.Verify(body, WebhookSignature.Compute(body, Secret), OtherSecret).ShouldBe(WebhookVerdict.WrongSignature);
    }

    [Fact]
    public void Verify_NoSecretOrAnEmptyOne_IsWrong()
    {
        var body = Body("order-update.json");
        var signature = WebhookSignature.Compute(body, Secret);

        WebhookSignature.Verify(body, signature).ShouldBe(WebhookVerdict.WrongSignature);
        WebhookSignature.Verify(body, signature, string.Empty).ShouldBe(WebhookVerdict.WrongSignature);
    }

    [Fact]
    public void Verify_EmptyBody_IsRefusedWhateverTheSignature() =>
        WebhookSignature.Verify([], WebhookSignature.Compute([], Secret), Secret).ShouldBe(WebhookVerdict.EmptyBody);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Verify_NoSignature_SaysSo(string? signature) =>
        WebhookSignature.Verify(Body("order-update.json"), signature, Secret).ShouldBe(WebhookVerdict.NoSignature);

    [Fact]
    public void Verify_AnyOtherSpellingOfTheSameHash_IsWrong()
    {
        var body = Body("order-update.json");
        var signature = WebhookSignature.Compute(body, Secret);
        string[] spellings =
        [
            signature[..^1], " " + signature, signature + "\n", signature.Insert(20, " "), signature + "=", signature.ToLowerInvariant(),
            Convert.ToHexStringLower(Convert.FromBase64String(signature)), NonCanonical(signature), new string('é', 44),
        ];

        foreach (var spelling in spellings)
        {
            WebhookSignature.Verify(body, spelling, Secret).ShouldBe(WebhookVerdict.WrongSignature, spelling);
        }
    }

    [Fact]
    public void Verify_OneByteChangedAnywhere_IsWrong()
    {
        var body = Body("order-destroy.crlf.json");
        var signature = WebhookSignature.Compute(body, Secret);

        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            WebhookSignature.Verify(body, signature, Secret).ShouldBe(WebhookVerdict.WrongSignature);
            body[i] ^= 1;
        }
    }

    [Fact]
    public void Compute_EmptySecret_Throws() => Should.Throw<ArgumentException>(() => WebhookSignature.Compute("{}"u8, string.Empty));

    [SampleDataTheory]
    [MemberData(nameof(SampleRows))]
    public void Verify_SampleRow_IsAsStated(int row, string file, string secret, string signature, string verdict)
    {
        var body = File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", "webhooks", file));

        var actual = WebhookSignature.Verify(body, signature, secret);

        actual.ShouldBe(
            verdict switch
            {
                "refuse: empty body" => WebhookVerdict.EmptyBody,
                "invalid: header empty" => WebhookVerdict.NoSignature,
                _ when verdict.StartsWith("valid", StringComparison.Ordinal) => WebhookVerdict.Valid,
                _ => WebhookVerdict.WrongSignature,
            },
            $"row {row}: {verdict}");
    }

    [SampleDataFact]
    public void SampleRows_AreAllRead() => SampleRows().Count.ShouldBe(37);

    public static TheoryData<int, string, string, string, string> SampleRows()
    {
        var rows = new TheoryData<int, string, string, string, string>();
        if (RepositoryPaths.SampleData is null)
        {
            return rows;
        }

        foreach (var line in File.ReadLines(RepositoryPaths.SampleDataAt("derived", "webhooks", "SIGNATURES.md")))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length == 6 && char.IsAsciiDigit(cells[1].FirstOrDefault()))
            {
                rows.Add(rows.Count + 1, cells[1], cells[2].Trim('`'), cells[3] == "(empty)" ? string.Empty : cells[3].Trim('`'), cells[4]);
            }
        }

        return rows;
    }

    private static byte[] Body(string file) =>
        File.ReadAllBytes(RepositoryPaths.At("tests", "BrxSync.Client.Tests", "Fixtures", "Webhooks", file));

    // The last character before the padding carries two bits that a reader may ignore.
    private static string NonCanonical(string signature)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var other = signature[..^2] + Alphabet[Alphabet.IndexOf(signature[^2], StringComparison.Ordinal) | 1] + "=";
        Convert.FromBase64String(other).ShouldBe(Convert.FromBase64String(signature));
        other.ShouldNotBe(signature);
        return other;
    }
}
