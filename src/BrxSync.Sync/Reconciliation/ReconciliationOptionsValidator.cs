using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Reconciliation;

/// <summary>Checks the ranges of <see cref="ReconciliationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ReconciliationOptionsValidator : IValidateOptions<ReconciliationOptions>;
