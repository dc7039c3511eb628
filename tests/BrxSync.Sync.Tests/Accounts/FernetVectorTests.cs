using System.Text;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Accounts;

/// <summary>The published vectors of the Fernet specification.</summary>
public sealed class FernetVectorTests
{
    private const string Secret = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
    private const string Token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

    private static readonly DateTimeOffset Now = new(1985, 10, 26, 1, 20, 0, TimeSpan.FromHours(-7));

    [Fact]
    public void Encrypt_GenerateVector_GivesItsToken()
    {
        var key = new FernetKey(EncryptionKey.Read(Secret, out _)!);
        var iv = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();

        key.Encrypt(Encoding.UTF8.GetBytes("hello"), Now, iv).ShouldBe(Token);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(40L * 365 * 24 * 3600)]
    public void Unprotect_VerifyVector_GivesItsTextAtAnyAge(long seconds) =>
        Protector(Now.AddSeconds(seconds)).Unprotect(Token).ShouldBe("hello");

    [Theory]
    [InlineData(
        "incorrect mac",
        SecretFault.NoMatchingKey,
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==")]
    [InlineData("too short", SecretFault.Damaged, "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==")]
    [InlineData("very short payload", SecretFault.Damaged, "gAAAAABdnQ1TUKh2OE_ggbyCIxfg")]
    [InlineData("super short payload", SecretFault.Damaged, "gAAA")]
    [InlineData(
        "invalid base64",
        SecretFault.Damaged,
        "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==")]
    [InlineData(
        "size not a multiple of the block",
        SecretFault.Damaged,
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm")]
    [InlineData(
        "padding error",
        SecretFault.Damaged,
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==")]
    [InlineData(
        "incorrect IV",
        SecretFault.Damaged,
        "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==")]
    public void Unprotect_InvalidVector_IsRefused(string what, SecretFault fault, string token) =>
        Should.Throw<SecretUnreadableException>(() => Protector(Now.AddSeconds(1)).Unprotect(token), what).Fault.ShouldBe(fault);

    [Theory]
    [InlineData(
        "far-future timestamp", "gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==")]
    [InlineData(
        "older than its time to live",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==")]
    public void Unprotect_VectorThatOnlyATimeToLiveRefuses_IsRead(string what, string token) =>
        Protector(Now.AddSeconds(91)).Unprotect(token).ShouldBeEmpty(what);

    private static FernetSecretProtector Protector(DateTimeOffset now) =>
        new(Options.Create(new EncryptionOptions { Keys = [Secret] }), new FakeTimeProvider(now));
}
