using Microsoft.Extensions.Options;

namespace BrxSync.Client.RateLimiting;

/// <summary>Checks the ranges stated beside the options.</summary>
[OptionsValidator]
internal sealed partial class RateLimiterOptionsValidator : IValidateOptions<RateLimiterOptions>;
