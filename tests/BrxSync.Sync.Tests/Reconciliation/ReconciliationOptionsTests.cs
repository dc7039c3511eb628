using BrxSync.Sync.Reconciliation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Tests.Reconciliation;

public sealed class ReconciliationOptionsTests
{
    private static ReconciliationOptions Read(Action<ReconciliationOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddBrxSyncEngine().Configure(configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value;
    }

    [Fact]
    public void Value_Defaults_AreValid() => Read(_ => { }).Interval.ShouldBe(TimeSpan.FromMinutes(15));

    [Fact]
    public void Value_StaleBeforeTheNextRunIsDue_SaysWhatToDo()
    {
        var exception = Should.Throw<OptionsValidationException>(() => Read(options => options.StaleAfter = TimeSpan.FromMinutes(18)));

        exception.Message.ShouldContain("StaleAfter is 00:18:00");
        exception.Message.ShouldContain("00:18:00: make StaleAfter longer");
    }

    [Fact]
    public void Value_SeveralFaults_ListsAllAtOnce()
    {
        var exception = Should.Throw<OptionsValidationException>(() => Read(options =>
        {
            options.Interval = TimeSpan.FromDays(8);
            options.Jitter = 0.9;
            options.SampleCount = -1;
        }));

        foreach (var name in (string[])["Interval", "Jitter", "SampleCount", "StaleAfter"])
        {
            exception.Message.ShouldContain(name);
        }
    }
}
