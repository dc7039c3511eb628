using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>Checks the ranges of <see cref="BlueprintPropertyOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class BlueprintPropertyRangeValidator : IValidateOptions<BlueprintPropertyOptions>;

/// <summary>Checks that no wait is longer than what it waits for.</summary>
internal sealed class BlueprintPropertyRules : IValidateOptions<BlueprintPropertyOptions>
{
    public ValidateOptionsResult Validate(string? name, BlueprintPropertyOptions options)
    {
        List<string> faults = [];
        if (options.DoubtAfter > options.MaxAge)
        {
            faults.Add($"DoubtAfter is {options.DoubtAfter}, longer than MaxAge ({options.MaxAge}): give it at most that.");
        }

        if (options.RetryAfter > options.MaxAge)
        {
            faults.Add($"RetryAfter is {options.RetryAfter}, longer than MaxAge ({options.MaxAge}): give it at most that.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
