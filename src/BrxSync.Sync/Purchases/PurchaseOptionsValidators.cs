using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Purchases;

/// <summary>Checks the ranges of <see cref="PurchaseOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class PurchaseRangeValidator : IValidateOptions<PurchaseOptions>;

/// <summary>What the ranges cannot say.</summary>
internal sealed class PurchaseRules : IValidateOptions<PurchaseOptions>
{
    public ValidateOptionsResult Validate(string? name, PurchaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ReadAgainAfter < options.Deadline
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{nameof(PurchaseOptions.ReadAgainAfter)} is {options.ReadAgainAfter}, which is not within "
                + $"{nameof(PurchaseOptions.Deadline)} ({options.Deadline}): give less, or a later deadline.");
    }
}
