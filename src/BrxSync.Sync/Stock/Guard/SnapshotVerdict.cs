using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Guard;

/// <summary>What a snapshot may do, and why.</summary>
/// <param name="Outcome">What it may do.</param>
/// <param name="Reasons">Everything that was found, also a fall that was accepted; empty for a snapshot without any blemish.</param>
/// <param name="FallConsent">Why a suspicious fall was accepted.</param>
/// <param name="PriceCurrency">The only currency whose prices may be written; null when no row has a price.</param>
internal sealed record SnapshotVerdict(
    SnapshotOutcome Outcome,
    ImmutableArray<SnapshotReason> Reasons,
    SnapshotConsent FallConsent,
    string? PriceCurrency)
{
    /// <summary>True when its readable rows may be written.</summary>
    public bool MayApplyRows => Outcome != SnapshotOutcome.Refused;

    /// <summary>True when products that it lacks may be marked missing or removed.</summary>
    public bool MayRemove => Outcome == SnapshotOutcome.Applied;

    /// <summary>True when nothing stands in the way but what repetition or an operator's word can lift.</summary>
    public bool CanBeConfirmed => Outcome == SnapshotOutcome.Withheld
        && Reasons.All(reason => reason.Kind is SnapshotReasonKind.Fall or SnapshotReasonKind.NewCurrency);

    /// <summary>Tells whether a row in this currency keeps the price it had before.</summary>
    public bool KeepsPrice(string currency) => !string.Equals(currency, PriceCurrency, StringComparison.Ordinal);

    /// <summary>Gives all reasons as one line; empty when there are none.</summary>
    public string Describe() => string.Join("; ", Reasons.Select(reason => reason.Text));
}
