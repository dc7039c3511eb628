using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Tests.Snapshots;

public sealed class ContentHashTests
{
    private static readonly Product Full = ProductOf.Properties("""{"condition":"Near Mint","mtg_foil":false}""") with
    {
        Description = "Signed by the artist, with a small mark",
        UserDataField = "shelf 7",
    };

    [Fact]
    public void Of_SameContent_IsTheSame() =>
        ContentHash.Of(Full with { Description = new string(Full.Description) }).ShouldBe(ContentHash.Of(Full));

    [Fact]
    public void Of_KnownProduct_IsWhatStoresHold() =>
        // Another value would have every row of every account written once more.
        ContentHash.Of(Full).ShouldBe(-3591998184352070807);

    [Fact]
    public void Of_WhatIsComparedItself_IsNoPartOfIt()
    {
        var other = Full with
        {
            Id = new ProductId(9), BlueprintId = new BlueprintId(9), Quantity = 9, Price = new Money(9, "USD"), Tag = "tag", Name = "name",
        };

        ContentHash.Of(other).ShouldBe(ContentHash.Of(Full));
    }

    [Fact]
    public void Of_EachField_Matters()
    {
        Product[] products =
        [
            Full,
            Full with { Properties = ProductProperties.Empty },
            Full with { Description = "signed by the artist, with a small mark" },
            Full with { Description = Full.Description + "\0" },
            Full with { UserDataField = "shelf 8" },
            Full with { Graded = true },
        ];

        products.Select(ContentHash.Of).Distinct().Count().ShouldBe(products.Length);
    }

    [Fact]
    public void Of_NullEmptyAndSwappedTexts_Differ()
    {
        var none = ProductOf.Id(1);
        Product[] products =
        [
            none,
            none with { Description = "" },
            none with { UserDataField = "" },
            none with { Description = "", UserDataField = "" },
            none with { Description = "a" },
            none with { Description = "a\0" },
            none with { UserDataField = "a" },
            none with { Description = "a", UserDataField = "" },
            none with { Description = "", UserDataField = "a" },
            none with { Description = "ab" },
            none with { Description = "a", UserDataField = "b" },
        ];

        products.Select(ContentHash.Of).Distinct().Count().ShouldBe(products.Length);
    }

    [Fact]
    public void Of_EveryLetterOfEveryLength_Matters()
    {
        var hashes = new HashSet<long>();
        for (var length = 0; length <= 40; length++)
        {
            var text = new string('x', length);
            hashes.Add(ContentHash.Of(Full with { Description = text })).ShouldBeTrue();
            for (var i = 0; i < length; i++)
            {
                hashes.Add(ContentHash.Of(Full with { Description = $"{text[..i]}y{text[(i + 1)..]}" })).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData("\uACC9\u962E\u4B93\u8BB8 and more")]
    [InlineData("eight or\uACC9\u962E\u4B93\u8BB8 and")]
    [InlineData("\uD4A3\uD433\uA62E\u4B33")]
    public void Of_TextThatCancelsAConstant_HidesNothingBeforeIt(string text)
    {
        var before = ContentHash.Of(Full with { Description = text });

        ContentHash.Of(Full with { Description = text, Properties = ProductProperties.Empty }).ShouldNotBe(before);
    }
}
