using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Feed;

/// <summary>Checks the ranges of <see cref="StockFeedOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StockFeedOptionsValidator : IValidateOptions<StockFeedOptions>;
