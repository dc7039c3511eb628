using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Checks the ranges of <see cref="ChangesOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ChangesOptionsValidator : IValidateOptions<ChangesOptions>;
