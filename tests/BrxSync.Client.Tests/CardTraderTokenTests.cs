namespace BrxSync.Client.Tests;

public sealed class CardTraderTokenTests
{
    [Theory]
    [InlineData("abc.def")]
    [InlineData("  abc.def\r\n")]
    [InlineData("Bearer abc.def")]
    [InlineData(" bearer \t abc.def")]
    [InlineData("\u200Babc\u200C.d\u00ADe\uFEFFf")]
    [InlineData("abc. def")]
    [InlineData("\u200BBearer\u00A0abc.def")]
    public void Constructor_PastedText_IsCleaned(string pasted)
    {
        var token = new CardTraderToken(pasted);

        token.Reveal().ShouldBe("abc.def");
        token.ShouldBe(new CardTraderToken("abc.def"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u200B ")]
    [InlineData("Bearer ")]
    [InlineData("abcé")]
    public void Constructor_NothingUsable_IsRefused(string pasted) => Should.Throw<ArgumentException>(() => new CardTraderToken(pasted));

    [Fact]
    public void ToString_Always_ShowsTheFingerprintOnly()
    {
        var token = new CardTraderToken("abc");

        token.Fingerprint.ShouldBe("ba7816bf");
        token.ToString().ShouldBe("CardTraderToken(ba7816bf)");
    }
}
