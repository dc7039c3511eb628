using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Tests.Snapshots;

/// <summary>What does not fit a column would fail a statement of a whole snapshot: it must be the fault of its row.</summary>
public sealed class SnapshotRowCheckTests
{
    private static string? FaultOf(Product product)
    {
        var fitted = SnapshotRowCheck.Fit(product, out var fault);
        (fitted is null).ShouldBe(fault is not null);
        return fault;
    }

    private static string? FaultOf(string properties) => FaultOf(ProductOf.Properties(properties));

    [Fact]
    public void Fit_OrdinaryProduct_IsGivenBackItself()
    {
        var product = ProductOf.Properties("""{"condition":"Near Mint","language":"en","mtg_foil":false,"note":null,"größe":"é"}""") with
        {
            Description = "", UserDataField = "shelf \ud83c\udccf",
        };

        SnapshotRowCheck.Fit(product, out var fault).ShouldBeSameAs(product);
        fault.ShouldBeNull();
    }

    [Fact]
    public void Fit_LargestValues_Fit()
    {
        var product = ProductOf.Id(long.MaxValue, int.MaxValue, int.MaxValue) with { Price = new Money(int.MaxValue, "EUR") };

        SnapshotRowCheck.Fit(product, out _).ShouldBeSameAs(product);
        FaultOf(product with { Price = new Money(0, "JPY") }).ShouldBeNull();
    }

    [Fact]
    public void Fit_BlueprintAboveTheColumn_IsRefused() =>
        FaultOf(ProductOf.Id(1, 2147483648)).ShouldBe("blueprint_id 2147483648 is above 2147483647");

    [Theory]
    [InlineData(-1)]
    [InlineData(2147483648)]
    public void Fit_PriceOutsideTheColumn_IsRefused(long cents) =>
        FaultOf(ProductOf.Id(1) with { Price = new Money(cents, "EUR") }).ShouldBe($"price {cents} cents is outside 0..2147483647");

    [Theory]
    [InlineData("")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("eUR")]
    [InlineData("EuR")]
    [InlineData("EUr")]
    [InlineData("E\0R")]
    [InlineData("\u00c9UR")]
    public void Fit_CurrencyThatIsNone_IsRefused(string currency) =>
        FaultOf(ProductOf.Id(1) with { Price = new Money(1, currency) }).ShouldBe("price_currency is not three capital letters");

    [Fact]
    public void Fit_TextWithNul_IsRefused()
    {
        FaultOf(ProductOf.Id(1) with { Description = "a\0b" }).ShouldBe("description holds a NUL character");
        FaultOf(ProductOf.Id(1) with { UserDataField = "\0" }).ShouldBe("user_data_field holds a NUL character");
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""", "a")]
    [InlineData("""{"b":"","a":["x",{"y":"\u0000"}]}""", "a")]
    [InlineData("""{"a":{"y":{"\u0000":1}}}""", "a")]
    [InlineData("""{"a\u0000b":"x"}""", "a?b")]
    [InlineData("""{"a\u0000b":1}""", "a?b")]
    [InlineData("""{"a\u0000b":true}""", "a?b")]
    [InlineData("""{"a\u0000b":null}""", "a?b")]
    [InlineData("""{"a\u0000b":[]}""", "a?b")]
    public void Fit_PropertyWithNul_IsRefused(string properties, string name) =>
        FaultOf(properties).ShouldBe($"property {name} holds a NUL character");

    [Theory]
    [InlineData("1e29")]
    [InlineData("-1e400000")]
    [InlineData("1e-16384")]
    [InlineData("0.1e-16383")]
    [InlineData("0e-20000")]
    [InlineData("0e2000000000")]
    [InlineData("0e99999999999")]
    [InlineData("1e-2147483648")]
    [InlineData("1e-99999999999")]
    public void Fit_NumberThatNoColumnHolds_IsRefused(string number)
    {
        foreach (var value in (string[])[number, $" [ {number}]", $"[0,{number}]", $"{{\"b\": {number}}}", $"[[\"\",{{\"b\":{number}}}]]"])
        {
            FaultOf($"{{\"a\":{value}}}").ShouldBe("property a is not a usable number", value);
        }
    }

    [Fact]
    public void Fit_NumberWithMoreDecimalsThanAColumnHolds_IsRefused()
    {
        FaultOf($"{{\"a\":0.{new string('0', 16384)}}}").ShouldBe("property a is not a usable number");
        FaultOf($"{{\"a\":0.{new string('0', 16383)}}}").ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("12.50")]
    [InlineData("1E+5")]
    [InlineData("1e-16383")]
    [InlineData("0.1e28")]
    [InlineData("79228162514264337593543950335")]
    public void Fit_UsableNumber_IsKeptAsItIsWritten(string number)
    {
        var product = SnapshotRowCheck.Fit(ProductOf.Properties($"{{\"a\":{number},\"b\":[{number}]}}"), out _);

        product.ShouldNotBeNull().Properties.ToString().ShouldBe($"{{\"a\":{number},\"b\":[{number}]}}");
    }

    [Theory]
    [InlineData("""{"a":"\u0041\u00e9\ud83c\udccf"}""", "a", "A\u00e9\ud83c\udccf")]
    [InlineData("""{"a":"\\u0000"}""", "a", "\\u0000")]
    [InlineData("""{"\u0061":"\"\/\n"}""", "a", "\"/\n")]
    public void Fit_HarmlessEscapes_SayTheSame(string properties, string name, string value) =>
        SnapshotRowCheck.Fit(ProductOf.Properties(properties), out _).ShouldNotBeNull().Properties.FindText(name).ShouldBe(value);

    [Fact]
    public void Fit_EscapedBackslashInsideAnArray_IsNoNul() => FaultOf("""{"a":["\\u0000"],"b":{"c":"\\u0000"}}""").ShouldBeNull();
}
