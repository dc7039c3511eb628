using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;
using Microsoft.Extensions.Options;

namespace BrxSync.Client;

/// <summary>Checks what depends on several settings or on the meaning of one. Lists every problem at once.</summary>
internal sealed class CardTraderClientOptionsRules : IValidateOptions<CardTraderClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CardTraderClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        CheckAddress(options, problems);
        if (options.StallTimeout <= TimeSpan.Zero || options.StallTimeout > TimeSpan.FromHours(1))
        {
            problems.Add($"StallTimeout is {options.StallTimeout}: give more than zero and at most one hour.");
        }

        if (options.Resilience is not null)
        {
            ResilienceOptionsRules.Check(options.Resilience, problems);
        }

        if (options.RateLimiter is not null)
        {
            RateLimiterOptionsRules.Check(options.RateLimiter, problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckAddress(CardTraderClientOptions options, List<string> problems)
    {
        var address = options.BaseAddress;
        if (address is null)
        {
            return;
        }

        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            problems.Add($"BaseAddress is '{address}': give an absolute https address such as https://api.cardtrader.com/api/v2.");
            return;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowInsecureHttp)
        {
            problems.Add(
                $"BaseAddress is '{address}': tokens would travel readable. Use https, or set AllowInsecureHttp for a simulator in a private network.");
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            problems.Add($"BaseAddress is '{address}': remove everything from the question mark or hash on.");
        }

        if (address.UserInfo.Length > 0)
        {
            problems.Add("BaseAddress holds a user name or password: remove it. Tokens are given to ForToken.");
        }
    }
}
