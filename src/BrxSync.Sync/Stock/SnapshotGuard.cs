using System.Collections.Immutable;
using System.Globalization;

namespace BrxSync.Sync.Stock;

/// <summary>
/// Rule R7: what a complete export may do to the stock. A wrong snapshot that is believed empties a seller's shop, so anything
/// that cannot be told from a mistake stops the removals, and anything that cannot be a stock list at all stops everything.
/// </summary>
internal static class SnapshotGuard
{
    /// <summary>How many snapshots in a row must tell of the same fall, the present one included, before it is believed.</summary>
    public const int AgreeingSnapshots = 3;

    /// <summary>Judges a snapshot.</summary>
    public static SnapshotVerdict Judge(SnapshotFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);

        var currency = PriceCurrency(facts);
        var refusals = Refusals(facts).ToImmutableArray();
        if (!refusals.IsEmpty)
        {
            return new SnapshotVerdict(SnapshotOutcome.Refused, refusals, FallConsent.None, currency);
        }

        var reasons = Doubts(facts, currency).ToImmutableArray();
        if (!facts.Fall.IsSuspicious)
        {
            var outcome = reasons.IsEmpty ? SnapshotOutcome.Applied : SnapshotOutcome.Withheld;
            return new SnapshotVerdict(outcome, reasons, FallConsent.None, currency);
        }

        // Only a fall alone can be confirmed: a faulty row may be the very product that seems to be gone.
        var consent = reasons.IsEmpty ? Consent(facts) : FallConsent.None;
        return new SnapshotVerdict(
            consent == FallConsent.None ? SnapshotOutcome.Withheld : SnapshotOutcome.Applied,
            reasons.Add(Fall(facts.Fall, consent, isAlone: reasons.IsEmpty)),
            consent,
            currency);
    }

    private static IEnumerable<SnapshotReason> Refusals(SnapshotFacts facts)
    {
        if (facts.Body is { } body)
        {
            var place = body.ByteOffset is { } offset ? Invariant($" (at byte {offset})") : "";
            yield return new SnapshotReason(SnapshotReasonKind.Body, $"The body is not a stock list: {body.Text}{place}.", 1, []);
        }

        if (facts.ForeignSeller is { } row)
        {
            yield return new SnapshotReason(SnapshotReasonKind.ForeignSeller, $"The body holds another seller's stock: {row}.", 1, [row]);
        }
    }

    private static IEnumerable<SnapshotReason> Doubts(SnapshotFacts facts, string? currency)
    {
        if (facts.BadRows.Count > 0)
        {
            yield return Rows(SnapshotReasonKind.BadRows, facts.BadRows, "could not be used and were skipped");
        }

        if (facts.ConflictingRows.Count > 0)
        {
            yield return Rows(SnapshotReasonKind.ConflictingRows, facts.ConflictingRows, "share an id, differ, and were skipped");
        }

        var others = facts.RowsByCurrency.Where(pair => pair.Value > 0 && pair.Key != currency)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
        {
            var count = others.Sum(pair => pair.Value);
            var text = Invariant($"{count} rows are priced in {string.Join(", ", others.Select(pair => pair.Key))} instead of {currency}; their prices were kept as they were.");
            yield return new SnapshotReason(SnapshotReasonKind.SecondCurrency, text, count, []);
        }
    }

    private static FallConsent Consent(SnapshotFacts facts)
    {
        if (facts.AcceptedByOperator is { } accepted && accepted.AgreesWith(facts.Fall))
        {
            return FallConsent.Operator;
        }

        // A refused body says nothing about the stock, neither for the fall nor against it. The earlier ones must agree with each other
        // as well: where few products are left, one half way between two that differ agrees with both.
        var agreeing = facts.History
            .Where(past => past.Outcome != SnapshotOutcome.Refused)
            .Take(AgreeingSnapshots - 1)
            .TakeWhile(past => past.FallAlone && past.Fall.AgreesWith(facts.Fall))
            .Select(past => past.Fall).ToArray();
        return agreeing.Length + 1 >= AgreeingSnapshots && agreeing.All(fall => agreeing.All(fall.AgreesWith)) ? FallConsent.Repetition : FallConsent.None;
    }

    private static string? PriceCurrency(SnapshotFacts facts) =>
        facts.AccountCurrency ?? facts.RowsByCurrency
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key).FirstOrDefault();

    private static SnapshotReason Rows(SnapshotReasonKind kind, RowFaults rows, string what)
    {
        var first = rows.Samples.IsEmpty ? "" : $", first {rows.Samples[0]}";
        return new SnapshotReason(kind, Invariant($"{rows.Count} rows {what}{first}."), rows.Count, rows.Samples);
    }

    private static SnapshotReason Fall(SnapshotFall fall, FallConsent consent, bool isAlone)
    {
        var after = consent switch
        {
            FallConsent.Repetition => Invariant($"accepted, since {AgreeingSnapshots} snapshots in a row agree"),
            FallConsent.Operator => "accepted by an operator",
            _ when isAlone => Invariant($"nothing was removed; it is accepted when {AgreeingSnapshots} snapshots in a row agree, or by an operator"),
            _ => "nothing was removed; it cannot be accepted beside other faults",
        };
        return new SnapshotReason(
            SnapshotReasonKind.Fall,
            Invariant($"{fall.Gone} of {fall.Linked} products on sale are gone without a known sale: {after}."),
            fall.Gone,
            []);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
