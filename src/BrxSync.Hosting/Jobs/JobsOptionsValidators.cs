using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Jobs;

/// <summary>Checks the ranges of <see cref="JobsOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class JobsOptionsValidator : IValidateOptions<JobsOptions>;

/// <summary>Checks what the options of <see cref="JobsOptions"/> mean together.</summary>
internal sealed class JobsOptionsRules : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var problems = new List<string>();
        if (options.HardLimit <= options.SoftLimit)
        {
            problems.Add($"Jobs: HardLimit is {options.HardLimit} and SoftLimit {options.SoftLimit}: make HardLimit the longer one.");
        }

        if (options.RetryMaxDelay < options.RetryDelay)
        {
            problems.Add(
                $"Jobs: RetryMaxDelay is {options.RetryMaxDelay} and RetryDelay {options.RetryDelay}: make RetryMaxDelay at least as long.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
