using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Snapshots;

/// <summary>Checks the ranges of <see cref="FullSyncOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class FullSyncOptionsValidator : IValidateOptions<FullSyncOptions>;
