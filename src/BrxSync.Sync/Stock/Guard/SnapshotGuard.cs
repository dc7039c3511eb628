using System.Collections.Immutable;
using System.Globalization;

namespace BrxSync.Sync.Stock.Guard;

/// <summary>
/// Rule R7: what a complete export may do to the stock. A wrong snapshot that is believed empties a seller's shop, so anything
/// that cannot be told from a mistake stops the removals, and anything that cannot be a stock list at all stops everything.
/// </summary>
internal static class SnapshotGuard
{
    /// <summary>
    /// How many snapshots in a row must tell of the same fall or currency, the present one included, before it is believed.
    /// </summary>
    public const int AgreeingSnapshots = 3;

    /// <summary>Judges a snapshot.</summary>
    public static SnapshotVerdict Judge(SnapshotFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);

        var currencyConsent = facts.NewCurrency is { } told ? CurrencyConsent(facts, told) : SnapshotConsent.None;
        var currency = currencyConsent == SnapshotConsent.None ? PriceCurrency(facts) : facts.NewCurrency;
        var refusals = Refusals(facts).ToImmutableArray();
        if (!refusals.IsEmpty)
        {
            return new SnapshotVerdict(SnapshotOutcome.Refused, refusals, SnapshotConsent.None, currency);
        }

        // Where a row is at fault no fall is confirmed: it may be the very product that seems to be gone.
        var faults = Faults(facts).ToImmutableArray();
        var reasons = faults;
        var isCurrencyDoubted = facts.NewCurrency is not null && currencyConsent == SnapshotConsent.None;
        if (facts.NewCurrency is not null)
        {
            reasons = reasons.Add(NewCurrency(facts, currencyConsent, isAlone: faults.IsEmpty));
        }

        var fallConsent = SnapshotConsent.None;
        if (facts.Fall.IsSuspicious)
        {
            fallConsent = faults.IsEmpty && !isCurrencyDoubted ? FallConsent(facts) : SnapshotConsent.None;
            reasons = reasons.Add(Fall(facts.Fall, fallConsent, isAlone: faults.IsEmpty));
        }

        var isFallDoubted = facts.Fall.IsSuspicious && fallConsent == SnapshotConsent.None;
        var isApplied = faults.IsEmpty && !isCurrencyDoubted && !isFallDoubted;
        return new SnapshotVerdict(isApplied ? SnapshotOutcome.Applied : SnapshotOutcome.Withheld, reasons, fallConsent, currency);
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

    private static IEnumerable<SnapshotReason> Faults(SnapshotFacts facts)
    {
        if (facts.BadRows.Count > 0)
        {
            yield return Rows(SnapshotReasonKind.BadRows, facts.BadRows, "could not be used and were skipped");
        }

        if (facts.ConflictingRows.Count > 0)
        {
            yield return Rows(SnapshotReasonKind.ConflictingRows, facts.ConflictingRows, "share an id, differ, and were skipped");
        }

        if (facts.NewCurrency is null)
        {
            var currency = PriceCurrency(facts);
            var others = facts.RowsByCurrency.Where(pair => pair.Value > 0 && pair.Key != currency)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
            if (others.Length > 0)
            {
                var count = others.Sum(pair => pair.Value);
                var priced = string.Join(", ", others.Select(pair => pair.Key));
                var text = Invariant($"{count} rows are priced in {priced} instead of {currency}; their prices were kept as they were.");
                yield return new SnapshotReason(SnapshotReasonKind.SecondCurrency, text, count, []);
            }
        }
    }

    /// <summary>Faulty rows do not speak against another currency: it is the one of every row that can be read.</summary>
    private static SnapshotConsent CurrencyConsent(SnapshotFacts facts, string currency)
    {
        if (facts.AcceptedByOperator?.Currency == currency)
        {
            return SnapshotConsent.Operator;
        }

        var agreeing = facts.History.Where(past => past.Outcome != SnapshotOutcome.Refused)
            .Take(AgreeingSnapshots - 1).Count(past => past.Outcome == SnapshotOutcome.Withheld && past.Currency == currency);
        return agreeing + 1 >= AgreeingSnapshots ? SnapshotConsent.Repetition : SnapshotConsent.None;
    }

    private static SnapshotConsent FallConsent(SnapshotFacts facts)
    {
        if (facts.AcceptedByOperator is { } accepted && accepted.Fall.Confirms(facts.Fall))
        {
            return SnapshotConsent.Operator;
        }

        // A refused body says nothing about the stock, neither for the fall nor against it. The earlier ones must agree with each other
        // as well: where few products are left, one half way between two that differ agrees with both.
        var agreeing = facts.History
            .Where(past => past.Outcome != SnapshotOutcome.Refused)
            .Take(AgreeingSnapshots - 1)
            .TakeWhile(past => past.CanBeConfirmed && past.Fall.Confirms(facts.Fall))
            .Select(past => past.Fall).ToArray();
        return agreeing.Length + 1 >= AgreeingSnapshots && agreeing.All(fall => agreeing.All(fall.AgreesWith))
            ? SnapshotConsent.Repetition
            : SnapshotConsent.None;
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

    private static SnapshotReason NewCurrency(SnapshotFacts facts, SnapshotConsent consent, bool isAlone)
    {
        var rows = facts.RowsByCurrency[facts.NewCurrency!];
        var orOperator = isAlone ? ", or on an operator's word" : "";
        var after = consent switch
        {
            SnapshotConsent.Repetition => Invariant($"adopted, since {AgreeingSnapshots} snapshots in a row agree"),
            SnapshotConsent.Operator => "adopted on an operator's word",
            _ => Invariant(
                $"their prices were kept as they were; it is adopted when {AgreeingSnapshots} snapshots in a row agree{orOperator}"),
        };
        return new SnapshotReason(
            SnapshotReasonKind.NewCurrency,
            Invariant($"All {rows} rows are priced in {facts.NewCurrency} instead of {facts.AccountCurrency}: {after}."),
            rows,
            []);
    }

    private static SnapshotReason Fall(SnapshotFall fall, SnapshotConsent consent, bool isAlone)
    {
        var after = consent switch
        {
            SnapshotConsent.Repetition => Invariant($"accepted, since {AgreeingSnapshots} snapshots in a row agree"),
            SnapshotConsent.Operator => "accepted by an operator",
            _ when isAlone =>
                Invariant($"nothing was removed; it is accepted when {AgreeingSnapshots} snapshots in a row agree, or by an operator"),
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
