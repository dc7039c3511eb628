using BrxSync.Sync.Accounts;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Tests.Accounts;

public sealed class EncryptionOptionsValidatorTests
{
    [Fact]
    public void Validate_NoKey_SaysHowToGetOne()
    {
        var result = Validate();

        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain("at least one key is required");
        result.FailureMessage.ShouldContain("EncryptionKey.Generate()");
    }

    [Fact]
    public void Validate_NullList_IsTheSameAsNone() =>
        new EncryptionOptionsValidator().Validate(null, new EncryptionOptions { Keys = null! }).Failed.ShouldBeTrue();

    [Fact]
    public void Validate_GeneratedKeys_Succeeds() => Validate(EncryptionKey.Generate(), EncryptionKey.Generate()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_PastedKeyWithSpacesOrWithoutPadding_Succeeds()
    {
        Validate($"  {EncryptionKey.Generate()}\n").Succeeded.ShouldBeTrue();
        Validate(EncryptionKey.Generate().TrimEnd('=')).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("   ", "it is empty")]
    [InlineData("correct horse battery staple", "28 characters are not base64url")]
    [InlineData("cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=", "standard base64")]
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4Q==", "it holds 31 bytes")]
    [InlineData("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4x", "it holds 33 bytes")]
    public void Validate_BadKey_IsNamedByPlaceAndNotShown(string key, string problem)
    {
        var result = Validate(EncryptionKey.Generate(), key);

        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain("key 2 of 2 cannot be used");
        result.FailureMessage.ShouldContain(problem);
        if (key.Trim().Length > 0)
        {
            result.FailureMessage.ShouldNotContain(key);
        }
    }

    [Fact]
    public void Validate_SeveralFaults_ListsThemAll()
    {
        var good = EncryptionKey.Generate();

        var failures = Validate("short", good, "", good).Failures!.ToList();

        failures.Count.ShouldBe(3);
        failures[0].ShouldContain("key 1 of 4");
        failures[1].ShouldContain("key 3 of 4");
        failures[2].ShouldContain("key 4 of 4 is the same as key 2");
    }

    [Fact]
    public void Generate_Twice_GivesDifferentKeysOf44Characters()
    {
        var key = EncryptionKey.Generate();

        key.Length.ShouldBe(44);
        EncryptionKey.Read(key, out _)!.Length.ShouldBe(32);
        EncryptionKey.Generate().ShouldNotBe(key);
    }

    private static ValidateOptionsResult Validate(params string[] keys) =>
        new EncryptionOptionsValidator().Validate(null, new EncryptionOptions { Keys = keys });
}
