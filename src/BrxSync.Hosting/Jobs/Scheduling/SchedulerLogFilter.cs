using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Jobs.Scheduling;

/// <summary>
/// Keeps what the scheduler tells of its own parts out of the host's log: from warnings on it is heard. A host that schedules with Quartz
/// itself, or has a rule for it, is left alone, since loggers have no scheduler's name by which ours could be told apart.
/// </summary>
/// <param name="services">What the host has registered, once all of it is.</param>
/// <param name="end">What a scheduler tells whose host is gone is not heard.</param>
internal sealed class SchedulerLogFilter(IServiceCollection services, HostEnd end) : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Category = "Quartz";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        if (services.Any(IsSchedulerOfTheHost)
            || options.Rules.Any(rule => rule.CategoryName?.StartsWith(Category, StringComparison.OrdinalIgnoreCase) == true))
        {
            return;
        }

        // A rule for this category would win over the host's rules for all categories: each of them is repeated, not lower than it is.
        var general = options.Rules.Where(rule => rule.CategoryName is null or "" or "*").ToList();
        if (!general.Exists(rule => rule.ProviderName is null))
        {
            general.Add(new LoggerFilterRule(null, null, options.MinLevel, null));
        }

        foreach (var rule in general)
        {
            options.Rules.Add(new LoggerFilterRule(
                rule.ProviderName,
                Category,
                rule.LogLevel is { } least && least > LogLevel.Warning ? least : LogLevel.Warning,
                (logger, category, level) => rule.Filter?.Invoke(logger, category, level) != false && !end.HasCome));
        }
    }

    private static bool IsSchedulerOfTheHost(ServiceDescriptor service) =>
        service.ServiceType == typeof(ISchedulerFactory) && (service.ServiceKey as string) != JobKinds.Scheduler;
}
