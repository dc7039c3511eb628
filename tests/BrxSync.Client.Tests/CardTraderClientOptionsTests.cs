using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.Tests;

public sealed class CardTraderClientOptionsTests
{
    [Fact]
    public void Options_NothingConfigured_AreValid()
    {
        var options = Read(_ => { });

        options.BaseAddress.AbsoluteUri.ShouldBe("https://api.cardtrader.com/api/v2");
    }

    [Fact]
    public void Options_SeveralProblems_AreAllListed()
    {
        var error = Should.Throw<OptionsValidationException>(() => Read(options =>
        {
            options.BaseAddress = new Uri("http://example.com/api?x=1");
            options.UserAgent = "not a token";
            options.MaxResponseBytes = 1;
            options.StallTimeout = TimeSpan.Zero;
        }));

        error.Message.ShouldContain("AllowInsecureHttp");
        error.Message.ShouldContain("question mark");
        error.Message.ShouldContain("UserAgent");
        error.Message.ShouldContain("MaxResponseBytes");
        error.Message.ShouldContain("StallTimeout is 00:00:00");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/api/v2", false, true)]
    [InlineData("http://localhost:5000/api/v2", false, true)]
    [InlineData("http://simulator:5000/api/v2", true, true)]
    [InlineData("http://simulator:5000/api/v2", false, false)]
    [InlineData("ftp://example.com", true, false)]
    public void Options_PlainHttp_OnlyWhereAllowed(string address, bool allow, bool valid)
    {
        var read = () => Read(options => (options.BaseAddress, options.AllowInsecureHttp) = (new Uri(address), allow));

        if (valid)
        {
            read().BaseAddress.ShouldBe(new Uri(address));
        }
        else
        {
            Should.Throw<OptionsValidationException>(() => read());
        }
    }

    [Fact]
    public void AddCardTraderClient_FromConfiguration_BindsItsSection()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CardTrader:BaseAddress"] = "http://127.0.0.1:99/api/v2",
            ["CardTrader:UserAgent"] = "Shop/2.1",
            ["CardTrader:StallTimeout"] = "00:00:05",
        }).Build();
        using var services = new ServiceCollection().AddCardTraderClientOf(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<CardTraderClientOptions>>().Value;

        options.BaseAddress.Port.ShouldBe(99);
        options.UserAgent.ShouldBe("Shop/2.1");
        options.StallTimeout.ShouldBe(TimeSpan.FromSeconds(5));
    }

    private static CardTraderClientOptions Read(Action<CardTraderClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddCardTraderClient(configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<CardTraderClientOptions>>().Value;
    }
}

internal static class ConfigurationServices
{
    public static IServiceCollection AddCardTraderClientOf(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCardTraderClient(configuration.GetSection("CardTrader"));
        return services;
    }
}
