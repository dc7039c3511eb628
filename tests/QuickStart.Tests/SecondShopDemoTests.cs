using SecondShop;

namespace QuickStart.Tests;

/// <summary>The sample that sells on two sides.</summary>
public sealed class SecondShopDemoTests
{
    [Fact]
    public async Task Run_SalesOnBothSides_EndsWithTheSameStock()
    {
        using var output = new StringWriter();

        var code = await SecondShopDemo.RunAsync(output, sales: 30, seed: 7, CancellationToken.None);

        code.ShouldBe(0);
        output.ToString().ShouldContain("Both offer the same again");
    }
}
