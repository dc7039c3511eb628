using System.Text;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Hosting;
using BrxSync.Simulator.Limits;

namespace BrxSync.Simulator.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_SellersWithTheirOptions_BelongTogether()
    {
        var options = CommandLine.Parse(
            [
                "--products",
                "5",
                "--seller",
                "a:secret",
                "--products",
                "1,000,000",
                "--seller",
                "b",
                "--limiter",
                "bucket-20",
                "--port",
                "81",
            ]).Options;

        options.Sellers.Select(seller => (seller.Name, seller.Token, seller.Products))
            .ShouldBe([("a", "secret", 1_000_000), ("b", null, 5)]);
        options.Limiter.ShouldBe(LimiterModel.Bucket20);
        options.Port.ShouldBe(81);
    }

    [Fact]
    public void Parse_Nothing_IsOneDemoSeller() => CommandLine.Parse([]).Options.Sellers.Single().Name.ShouldBe("demo");

    [Fact]
    public void Parse_FaultsFile_IsRead()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """[{"endpoint": "GET /orders", "action": "cut_body", "at_byte": 7, "latency_ms": 20, "nth": 2}]""");
        try
        {
            var rule = CommandLine.Parse(["--faults", file]).Options.Faults.Single();

            (rule.Action, rule.AtByte, rule.Nth).ShouldBe((FaultAction.CutBody, 7, 2));
            rule.Latency.ShouldBe(TimeSpan.FromMilliseconds(20));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--unheard", "1")]
    [InlineData("--port", "many")]
    [InlineData("--limiter", "strict")]
    [InlineData("--port")]
    [InlineData("products")]
    public void Parse_Nonsense_Throws(params string[] args) => Should.Throw<ArgumentException>(() => CommandLine.Parse(args));

    [Fact]
    public async Task Start_OptionsThatContradict_NameEveryFault()
    {
        var options = new CardTraderSimulatorOptions
        {
            Port = -1,
            Sellers = { new SellerOptions { Products = -1 }, new SellerOptions { Export = Encoding.UTF8.GetBytes("[]") } },
        };

        var error = await Should.ThrowAsync<ArgumentException>(() => CardTraderSimulatorHost.StartAsync(options));

        error.Message.ShouldContain("Port is -1");
        error.Message.ShouldContain("-1 products");
        error.Message.ShouldContain("names must differ");
    }
}
