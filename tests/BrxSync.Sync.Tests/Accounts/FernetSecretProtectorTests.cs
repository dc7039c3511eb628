using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Accounts;

public sealed class FernetSecretProtectorTests
{
    private static readonly string First = EncryptionKey.Generate();
    private static readonly string Second = EncryptionKey.Generate();
    private static readonly string Third = EncryptionKey.Generate();

    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("fifteen letters")]
    [InlineData("sixteen letters!")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJjYXJkdHJhZGVyLXByb2R1Y3Rpb24ifQ.c2lnbmF0dXJl")]
    [InlineData("né è 中 😀 \0 \r\n")]
    public void Unprotect_WhatProtectMade_IsTheSameText(string text)
    {
        var protector = Protector(First);

        protector.Unprotect(protector.Protect(text)).ShouldBe(text);
    }

    [Fact]
    public void Unprotect_EveryLengthUpTo300_IsTheSameText()
    {
        var protector = Protector(First);
        for (var length = 0; length <= 300; length++)
        {
            var text = new string('ü', length);
            protector.Unprotect(protector.Protect(text)).ShouldBe(text);
        }
    }

    [Fact]
    public void Protect_SameTextTwice_GivesDifferentTokens()
    {
        var protector = Protector(First);

        protector.Protect("secret").ShouldNotBe(protector.Protect("secret"));
    }

    [Fact]
    public void Protect_Now_IsTheTokensTimestamp()
    {
        var bytes = Base64Url.DecodeFromChars(Protector(First).Protect("secret"));

        bytes[0].ShouldBe((byte)0x80);
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1))).ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public void Protect_LoneSurrogate_IsRefused() => Should.Throw<ArgumentException>(() => Protector(First).Protect("\ud800"));

    [Fact]
    public void Unprotect_TokenOfAnOlderKey_IsReadWhileThatKeyIsListed()
    {
        var token = Protector(Second).Protect("secret");

        Protector(First, Third, Second).Unprotect(token).ShouldBe("secret");
    }

    [Fact]
    public void Unprotect_TokenOfAKeyThatIsGone_SaysThatTheKeyIsMissing()
    {
        var token = Protector(Third).Protect("secret");

        var error = Should.Throw<SecretUnreadableException>(() => Protector(First, Second).Unprotect(token));

        error.Fault.ShouldBe(SecretFault.NoMatchingKey);
        error.Message.ShouldContain("None of the 2 configured encryption keys");
        error.Message.ShouldNotContain(First);
        error.Message.ShouldNotContain(token);
    }

    [Fact]
    public void Unprotect_TextThatWasNeverEncrypted_SaysDamagedWithoutShowingIt()
    {
        var error = Should.Throw<SecretUnreadableException>(() => Protector(First).Unprotect("plain-text-token"));

        error.Fault.ShouldBe(SecretFault.Damaged);
        error.Message.ShouldNotContain("plain-text-token");
    }

    [Fact]
    public void NeedsReencryption_TokenOfTheFirstKey_IsFalse() =>
        Protector(First, Second).NeedsReencryption(Protector(First).Protect("secret")).ShouldBeFalse();

    [Fact]
    public void NeedsReencryption_TokenOfAnotherKey_IsTrueUntilProtectedAnew()
    {
        var rotated = Protector(First, Second);
        var old = Protector(Second).Protect("secret");

        rotated.NeedsReencryption(old).ShouldBeTrue();
        rotated.NeedsReencryption(rotated.Protect(rotated.Unprotect(old))).ShouldBeFalse();
    }

    [Fact]
    public void NeedsReencryption_UnreadableToken_Throws()
    {
        Should.Throw<SecretUnreadableException>(() => Protector(First).NeedsReencryption("gAAA")).Fault.ShouldBe(SecretFault.Damaged);
        Should.Throw<SecretUnreadableException>(() => Protector(First).NeedsReencryption(Protector(Second).Protect("x")))
            .Fault.ShouldBe(SecretFault.NoMatchingKey);
    }

    [Fact]
    public void NeedsReencryption_RightSignatureOverAWrongPaddingOrText_ThrowsLikeUnprotect()
    {
        var protector = Protector(First);

        // The one block of a short secret is x and 15 bytes of padding, so that a byte of the vector changes one of either.
        foreach (var place in new[] { 9 + 15, 9 })
        {
            var bytes = Base64Url.DecodeFromChars(protector.Protect("x"));
            bytes[place] ^= 0x80;
            HMACSHA256.HashData(Base64Url.DecodeFromChars(First).AsSpan(0, 16), bytes.AsSpan(..^32), bytes.AsSpan(bytes.Length - 32));
            var token = Padded(Base64Url.EncodeToString(bytes));

            Should.Throw<SecretUnreadableException>(() => protector.NeedsReencryption(token)).Fault.ShouldBe(SecretFault.Damaged);
            Should.Throw<SecretUnreadableException>(() => protector.Unprotect(token)).Fault.ShouldBe(SecretFault.Damaged);
        }
    }

    [Fact]
    public void Unprotect_AnyByteAltered_IsRefused()
    {
        var protector = Protector(First, Second);
        var bytes = Base64Url.DecodeFromChars(protector.Protect("a token of a seller's account"));
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[i] ^= (byte)(1 << bit);
                var text = Padded(Base64Url.EncodeToString(bytes));
                Should.Throw<SecretUnreadableException>(() => protector.Unprotect(text), $"byte {i}, bit {bit}");
                bytes[i] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void Unprotect_AnyCharacterAltered_IsRefused()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_= +/\n%";
        var protector = Protector(First);
        var token = protector.Protect("x");
        token.ShouldEndWith("==");
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in alphabet.Where(c => c != token[i]))
            {
                var altered = string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1));
                Should.Throw<SecretUnreadableException>(() => protector.Unprotect(altered), $"character {i} as '{other}'");
            }
        }
    }

    [Fact]
    public void Unprotect_CutAtAnyLength_IsRefused()
    {
        var protector = Protector(First);
        var token = protector.Protect("a token of a seller's account");
        for (var length = 0; length < token.Length; length++)
        {
            Should.Throw<SecretUnreadableException>(() => protector.Unprotect(token[..length]), $"length {length}");
        }

        Should.Throw<SecretUnreadableException>(() => protector.Unprotect(token + "\n"));
        Should.Throw<SecretUnreadableException>(() => protector.Unprotect(token + token));
    }

    private static string Padded(string text) => text.PadRight((text.Length + 3) / 4 * 4, '=');

    private FernetSecretProtector Protector(params string[] keys) =>
        new(Options.Create(new EncryptionOptions { Keys = keys }), time);
}
