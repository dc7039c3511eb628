using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Webhooks;

/// <summary>How webhook deliveries are taken in.</summary>
public sealed class WebhookIntakeOptions
{
    /// <summary>Gets or sets how many deliveries of one account are applied in one transaction when they queue up.</summary>
    /// <value>Default 128.</value>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 128;

    /// <summary>Gets or sets how many deliveries of one account may queue up in this process before more are turned away.</summary>
    /// <value>Default 10,000.</value>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets how long a delivery waits to be applied, as while a large snapshot of its account is being written. After that it is
    /// stored as it is and answered, and applied as soon as the account's stock is free.
    /// </summary>
    /// <value>Default 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    public TimeSpan ApplyWithin { get; set; } = TimeSpan.FromSeconds(3);
}

/// <summary>Checks the ranges of <see cref="WebhookIntakeOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WebhookIntakeOptionsValidator : IValidateOptions<WebhookIntakeOptions>;
