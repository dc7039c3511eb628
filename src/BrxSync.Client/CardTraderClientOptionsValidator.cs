using Microsoft.Extensions.Options;

namespace BrxSync.Client;

/// <summary>Checks the single settings; generated from their annotations.</summary>
[OptionsValidator]
internal sealed partial class CardTraderClientOptionsValidator : IValidateOptions<CardTraderClientOptions>;
