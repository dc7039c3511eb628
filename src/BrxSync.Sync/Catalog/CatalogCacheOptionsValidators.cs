using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Catalog;

/// <summary>Checks the ranges of <see cref="CatalogCacheOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class CatalogCacheRangeValidator : IValidateOptions<CatalogCacheOptions>;

/// <summary>Checks that what is unknown is not believed for longer than what is known.</summary>
internal sealed class CatalogCacheRules : IValidateOptions<CatalogCacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogCacheOptions options) =>
        options.UnknownTimeToLive > options.TimeToLive
            ? ValidateOptionsResult.Fail(
                $"UnknownTimeToLive is {options.UnknownTimeToLive}, longer than TimeToLive ({options.TimeToLive}): give it at most that.")
            : ValidateOptionsResult.Success;
}
