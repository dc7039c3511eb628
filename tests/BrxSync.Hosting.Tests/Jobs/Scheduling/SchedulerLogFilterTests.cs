using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrxSync.Hosting.Tests.Jobs.Scheduling;

/// <summary>What the scheduler says of itself is not for a host's log, unless the host wants to hear it.</summary>
public sealed class SchedulerLogFilterTests
{
    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole();
        builder.AddBrxSync();
        return builder;
    }

    private static LogLevel Lowest(IHost host, string category)
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        return Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || logger.IsEnabled(level));
    }

    [Fact]
    public void Log_NothingConfigured_HoldsWarningsOfTheScheduler()
    {
        using var host = Builder().Build();

        Lowest(host, "Quartz.Core.QuartzScheduler").ShouldBe(LogLevel.Warning);
        Lowest(host, "Shop").ShouldBe(LogLevel.Information);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", "None")]
    [InlineData("Logging:Console:LogLevel:Default", "None")]
    public void Log_SilentHost_StaysSilent(string key, string level)
    {
        using var host = Builder((key, level)).Build();

        Lowest(host, "Quartz.Core.QuartzScheduler").ShouldBe(LogLevel.None);
    }

    [Fact]
    public void Log_HostThatAsksForDebug_HearsTheSchedulersWarningsAlone()
    {
        using var host = Builder(("Logging:LogLevel:Default", "Debug")).Build();

        Lowest(host, "Quartz.Core.QuartzScheduler").ShouldBe(LogLevel.Warning);
        Lowest(host, "Shop").ShouldBe(LogLevel.Debug);
    }

    [Fact]
    public void Log_HostWithARuleForQuartz_IsObeyed()
    {
        using var host = Builder(("Logging:LogLevel:Quartz", "Debug")).Build();

        Lowest(host, "Quartz.Core.QuartzScheduler").ShouldBe(LogLevel.Debug);
    }

    [Fact]
    public void Log_HostWithASchedulerOfItsOwn_HearsItAsBefore()
    {
        var builder = Builder();
        builder.Services.AddQuartz();
        using var host = builder.Build();

        Lowest(host, "Quartz.Core.QuartzScheduler").ShouldBe(LogLevel.Information);
    }
}
