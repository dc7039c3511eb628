using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Orders;

/// <summary>How orders are polled, to find what no webhook told of.</summary>
public sealed class OrderPollingOptions
{
    /// <summary>Gets or sets how many days back every poll reads, for orders that changed their state.</summary>
    /// <value>Default 3 days.</value>
    [Range(1, 90)]
    public int RecentDays { get; set; } = 3;

    /// <summary>Gets or sets how many days back the first poll of a day reads, and the first poll of an account.</summary>
    /// <value>Default 30 days.</value>
    [Range(1, 365)]
    public int DeepDays { get; set; } = 30;

    /// <summary>Gets or sets how many orders are asked for in one page.</summary>
    /// <value>Default 100, the most CardTrader gives.</value>
    [Range(1, 100)]
    public int PageSize { get; set; } = 100;

    /// <summary>
    /// Gets or sets after what time an order that stands here, and that a poll should have listed but did not, is fetched by its id to
    /// see whether it was deleted.
    /// </summary>
    /// <value>Default 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan ConfirmAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets how often an order is fetched by its id in vain, with longer and longer pauses, before it becomes a dead letter. Where
    /// CardTrader itself is in trouble (statuses from 500, time-outs, no connection) it is three times as often: an outage is no reason to
    /// give orders up.
    /// </summary>
    /// <value>Default 10 attempts, which is about half an hour; 30, about 16 hours, where CardTrader is in trouble.</value>
    [Range(1, 1000)]
    public int FetchAttempts { get; set; } = 10;
}

/// <summary>Checks the ranges of <see cref="OrderPollingOptions"/>, one by one.</summary>
[OptionsValidator]
internal sealed partial class OrderPollingRangeValidator : IValidateOptions<OrderPollingOptions>;

/// <summary>Checks that the deep poll reads at least as far back as every poll.</summary>
internal sealed class OrderPollingDaysValidator : IValidateOptions<OrderPollingOptions>
{
    public ValidateOptionsResult Validate(string? name, OrderPollingOptions options) => options.DeepDays >= options.RecentDays
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"OrderPolling.DeepDays is {options.DeepDays} and RecentDays is {options.RecentDays}: raise DeepDays, it must not be the smaller one.");
}
