using System.Globalization;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Reconciliation;

/// <summary>Checks what the options of <see cref="ReconciliationOptions"/> mean together.</summary>
internal sealed class ReconciliationOptionsRules : IValidateOptions<ReconciliationOptions>
{
    public ValidateOptionsResult Validate(string? name, ReconciliationOptions options)
    {
        var longest = options.Interval * (1 + Math.Max(0, options.Jitter));
        return options.StaleAfter > longest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"Reconciliation: StaleAfter is {options.StaleAfter}, but with Interval {options.Interval} and Jitter {options.Jitter} the next run may come after {longest}: make StaleAfter longer than that."));
    }
}
