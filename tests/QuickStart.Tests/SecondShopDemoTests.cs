using SecondShop;

namespace QuickStart.Tests;

/// <summary>The sample that sells on two sides.</summary>
public sealed class SecondShopDemoTests
{
    [Fact]
    public async Task Run_SalesOnBothSidesAtOnce_LosesNoCopyAndEndsWithTheSameStock()
    {
        var figures = await SecondShopDemo.RunAsync(sales: 30, seed: 7, TimeSpan.Zero, CancellationToken.None);

        (figures.AtCardTrader, figures.InTheShop).ShouldSatisfyAllConditions(
            () => figures.AtCardTrader.ShouldBePositive(), () => figures.InTheShop.ShouldBePositive());
        figures.After.ShouldBe(figures.Before - figures.AtCardTrader - figures.InTheShop + figures.SoldTwice, $"{figures}");
    }
}
