namespace BrxSync.Client.Resilience;

/// <summary>Checks durations and how they fit together. Adds every problem it finds.</summary>
internal static class ResilienceOptionsRules
{
    private const string Path = nameof(CardTraderClientOptions.Resilience);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void Check(ResilienceOptions options, List<string> problems)
    {
        CheckPolicy(nameof(options.Export), options.Export, problems);
        CheckPolicy(nameof(options.Read), options.Read, problems);
        CheckPolicy(nameof(options.Write), options.Write, problems);
        CheckPolicy(nameof(options.NonRepeatableWrite), options.NonRepeatableWrite, problems);
        CheckPolicy(nameof(options.JobPoll), options.JobPoll, problems);
        CheckBetween("RetryDelay", options.RetryDelay, TimeSpan.Zero, Longest, problems);
        CheckBetween("MaxRetryDelay", options.MaxRetryDelay, options.RetryDelay, Longest, problems);
        if (options.CircuitBreaker is { } breaker)
        {
            CheckBetween(
                "CircuitBreaker.SamplingDuration", breaker.SamplingDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), problems);
            CheckBetween("CircuitBreaker.BreakDuration", breaker.BreakDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), problems);
        }

        if (options.Throttling is { } throttling)
        {
            CheckBetween("Throttling.MaxTotalWait", throttling.MaxTotalWait, TimeSpan.Zero, Longest, problems);
            CheckBetween("Throttling.MaxRetryAfter", throttling.MaxRetryAfter, TimeSpan.FromSeconds(1), Longest, problems);
            CheckBetween("Throttling.BlockedPause", throttling.BlockedPause, TimeSpan.Zero, Longest, problems);
        }
    }

    private static void CheckPolicy(string name, CallPolicyOptions? policy, List<string> problems)
    {
        if (policy is null)
        {
            return;
        }

        CheckBetween($"{name}.AttemptTimeout", policy.AttemptTimeout, Shortest, Longest, problems);
        CheckBetween($"{name}.TotalTimeout", policy.TotalTimeout, Shortest, Longest, problems);
        if (policy.TotalTimeout < policy.AttemptTimeout)
        {
            problems.Add(
                $"{Path}.{name}.TotalTimeout is {policy.TotalTimeout:c}, shorter than one attempt ({policy.AttemptTimeout:c}): give more.");
        }
    }

    private static void CheckBetween(string name, TimeSpan value, TimeSpan least, TimeSpan most, List<string> problems)
    {
        if (value < least || value > most)
        {
            problems.Add($"{Path}.{name} is {value:c}: give something between {least:c} and {most:c}.");
        }
    }
}
