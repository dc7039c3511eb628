using System.Collections.Immutable;
using System.Globalization;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Properties.Tests.Stock.Guard;

public sealed class SnapshotGuardTests
{
    private static readonly RowFaults OneRow = RowFaults.None.Add(new RowFault(17, 4512, "quantity is negative (-2)"));

    [Fact]
    public void Judge_CleanSnapshot_IsAppliedWithoutReasons()
    {
        var verdict = SnapshotGuard.Judge(Facts(1000, 1000) with { RowsByCurrency = Currencies(("EUR", 1000)) });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Applied);
        verdict.Reasons.ShouldBeEmpty();
        verdict.MayRemove.ShouldBeTrue();
        verdict.PriceCurrency.ShouldBe("EUR");
    }

    [Theory]
    [InlineData(1000, 900, false)] // 100 rows, but not more than 10 %
    [InlineData(1000, 899, true)]
    [InlineData(50, 40, false)] // 20 %, but not more than 10 rows
    [InlineData(50, 39, true)]
    [InlineData(110, 99, false)] // 11 rows, exactly 10 %
    [InlineData(109, 98, true)]
    [InlineData(11500, 0, true)] // an empty export of a known seller
    [InlineData(0, 0, false)] // an empty export of a new seller
    [InlineData(long.MaxValue, 0, true)]
    [InlineData(long.MaxValue, long.MaxValue - 11, false)]
    public void Judge_Fall_IsSuspiciousAboveTenPercentAndTenRows(long linked, long seen, bool withheld) =>
        ShouldBeWithheld(linked, seen, withheld);

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, true)]
    [InlineData(10, 4, true)]
    [InlineData(10, 5, false)] // exactly half
    [InlineData(11, 5, true)]
    [InlineData(11, 6, false)]
    [InlineData(20, 10, false)] // 10 rows, exactly half
    [InlineData(3, 0, true)]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(2, 1, false)]
    [InlineData(2, 0, true)]
    [InlineData(1, 0, true)] // the last one: an empty export looks the same
    public void Judge_FallOfASmallShop_IsSuspiciousAboveHalf(long linked, long seen, bool withheld) =>
        ShouldBeWithheld(linked, seen, withheld);

    private static void ShouldBeWithheld(long linked, long seen, bool withheld)
    {
        var verdict = SnapshotGuard.Judge(Facts(linked, seen));

        verdict.Outcome.ShouldBe(withheld ? SnapshotOutcome.Withheld : SnapshotOutcome.Applied);
        verdict.CanBeConfirmed.ShouldBe(withheld);
        verdict.MayRemove.ShouldBe(!withheld);
        verdict.MayApplyRows.ShouldBeTrue();
    }

    [Fact]
    public void Judge_FallWithheld_SaysHowManyAndHowItGetsAccepted()
    {
        var reason = SnapshotGuard.Judge(Facts(3, 0)).Reasons.ShouldHaveSingleItem();

        (reason.Kind, reason.Count).ShouldBe((SnapshotReasonKind.Fall, 3));
        reason.Text.ShouldBe(
            "3 of 3 products on sale are gone without a known sale: nothing was removed; it is accepted when 3 snapshots in a row agree, or by an operator.");
    }

    [Theory]
    [InlineData(3, "0 0 0", true)]
    [InlineData(3, "0 0", false)]
    [InlineData(10, "1 1 1", true)]
    [InlineData(10, "1 2 2", true)] // a copy more or less is no other story
    [InlineData(10, "0 0 1", false)] // that one came back speaks against an empty shop
    [InlineData(10, "1 1 0", false)]
    [InlineData(10, "0 1 0", false)]
    [InlineData(10, "1 0 1 0 1 0", false)]
    [InlineData(10, "0 10 0 10 0", false)]
    [InlineData(10, "1 3 1 3 1", false)]
    [InlineData(20, "8 2 4", false)] // each agrees with the last, but not with each other
    [InlineData(20, "2 8 4", false)]
    [InlineData(20, "8 2 4 4", true)]
    public void Judge_FallsOfASmallShop_AreConfirmedByThreeThatAgreeWithEachOther(long linked, string seen, bool applied)
    {
        var falls = seen.Split(' ').Select(count => new SnapshotFall(linked, long.Parse(count, CultureInfo.InvariantCulture))).ToArray();
        var verdict = SnapshotGuard.Judge(Facts(linked, falls[^1].Seen) with
        {
            History = [.. falls[..^1].Reverse().Select(fall => new PastSnapshot(
                fall.IsSuspicious ? SnapshotOutcome.Withheld : SnapshotOutcome.Applied, fall.IsSuspicious, fall))],
        });

        (verdict.Outcome == SnapshotOutcome.Applied).ShouldBe(applied);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(4, 2, true)]
    [InlineData(4, 1, false)]
    public void Judge_FallOfASmallShopAcceptedByOperator_HoldsForThatFallOnly(long accepted, long seen, bool applied)
    {
        var verdict = SnapshotGuard.Judge(
            Facts(10, seen) with { AcceptedByOperator = new AcceptedSnapshot(new SnapshotFall(10, accepted), null) });

        (verdict.Outcome == SnapshotOutcome.Applied).ShouldBe(applied);
    }

    [Fact]
    public void Judge_ThirdAgreeingFall_IsApplied()
    {
        var fall = new SnapshotFall(1000, 500);
        var withheld = new PastSnapshot(SnapshotOutcome.Withheld, true, fall);

        SnapshotGuard.Judge(Facts(1000, 500) with { History = [withheld] }).Outcome.ShouldBe(SnapshotOutcome.Withheld);
        var third = SnapshotGuard.Judge(Facts(1000, 497) with { History = [withheld, withheld] });

        third.Outcome.ShouldBe(SnapshotOutcome.Applied);
        third.FallConsent.ShouldBe(SnapshotConsent.Repetition);
        third.Describe().ShouldContain("3 snapshots in a row agree");
    }

    [Theory]
    [InlineData("agrees agrees", true)]
    [InlineData("agrees", false)]
    [InlineData("agrees differs agrees", false)]
    [InlineData("agrees whole agrees", false)]
    [InlineData("agrees blemished agrees", false)]
    [InlineData("agrees refused agrees", true)] // a refused body tells nothing
    [InlineData("refused refused refused", false)]
    public void Judge_FallWithHistory_NeedsConsecutiveAgreement(string history, bool applied)
    {
        var agrees = new PastSnapshot(SnapshotOutcome.Withheld, true, new SnapshotFall(1000, 500));
        var past = history.Split(' ').Select(word => word switch
        {
            "agrees" => agrees,
            "differs" => agrees with { Fall = new SnapshotFall(1000, 700) },
            "blemished" => agrees with { CanBeConfirmed = false },
            "whole" => new PastSnapshot(SnapshotOutcome.Applied, false, new SnapshotFall(1000, 1000)),
            _ => new PastSnapshot(SnapshotOutcome.Refused, false, default),
        });

        var verdict = SnapshotGuard.Judge(Facts(1000, 500) with { History = [.. past] });

        (verdict.Outcome == SnapshotOutcome.Applied).ShouldBe(applied);
    }

    [Fact]
    public void Judge_FallAcceptedByOperator_HoldsForThatFallOnly()
    {
        var word = Facts(1000, 500) with { AcceptedByOperator = new AcceptedSnapshot(new SnapshotFall(1000, 510), null) };

        SnapshotGuard.Judge(word).FallConsent.ShouldBe(SnapshotConsent.Operator);
        SnapshotGuard.Judge(word with { Fall = new SnapshotFall(1000, 0) }).Outcome.ShouldBe(SnapshotOutcome.Withheld);
    }

    [Fact]
    public void Judge_FallWithABadRow_IsNotConfirmedByAnything()
    {
        var withheld = new PastSnapshot(SnapshotOutcome.Withheld, true, new SnapshotFall(1000, 500));
        var verdict = SnapshotGuard.Judge(Facts(1000, 500) with
        {
            BadRows = OneRow,
            History = [withheld, withheld, withheld],
            AcceptedByOperator = new AcceptedSnapshot(new SnapshotFall(1000, 500), null),
        });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Withheld);
        verdict.CanBeConfirmed.ShouldBeFalse();
        verdict.Describe().ShouldContain("500 of 1000 products on sale are gone");
        verdict.Describe().ShouldContain("cannot be accepted");
        verdict.Reasons.Select(reason => reason.Kind).ShouldBe([SnapshotReasonKind.BadRows, SnapshotReasonKind.Fall]);
    }

    [Fact]
    public void Judge_BadRow_WithholdsAndNamesThePlace()
    {
        var verdict = SnapshotGuard.Judge(Facts(1000, 1000) with { BadRows = OneRow });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Withheld);
        verdict.Reasons.ShouldHaveSingleItem().Samples.ShouldHaveSingleItem().Index.ShouldBe(17);
        verdict.Describe().ShouldContain("row 17 at byte 4512: quantity is negative (-2)");
    }

    [Fact]
    public void Judge_ConflictingRows_Withholds()
    {
        SnapshotGuard.Judge(Facts(1000, 1000) with { ConflictingRows = OneRow }).Reasons
            .ShouldHaveSingleItem().Kind.ShouldBe(SnapshotReasonKind.ConflictingRows);
    }

    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("USD", "USD")]
    [InlineData(null, "EUR")]
    public void Judge_TwoCurrencies_WithholdsAndKeepsTheOtherPrices(string? known, string written)
    {
        var verdict = SnapshotGuard.Judge(
            Facts(10, 10) with { AccountCurrency = known, RowsByCurrency = Currencies(("EUR", 9), ("USD", 1)) });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Withheld);
        verdict.PriceCurrency.ShouldBe(written);
        verdict.KeepsPrice("EUR").ShouldBe(written != "EUR");
        verdict.KeepsPrice("USD").ShouldBe(written != "USD");
    }

    [Fact]
    public void Judge_CurrencyOfTheAccountChanged_KeepsEveryPriceAndSaysTheWayOut()
    {
        var verdict = SnapshotGuard.Judge(Moved(10, 10));

        verdict.Outcome.ShouldBe(SnapshotOutcome.Withheld);
        verdict.CanBeConfirmed.ShouldBeTrue();
        verdict.KeepsPrice("USD").ShouldBeTrue();
        var reason = verdict.Reasons.ShouldHaveSingleItem();
        (reason.Kind, reason.Count).ShouldBe((SnapshotReasonKind.NewCurrency, 10));
        reason.Text.ShouldBe(
            "All 10 rows are priced in USD instead of EUR: their prices were kept as they were; it is adopted when 3 snapshots in a row agree, or on an operator's word.");
    }

    [Theory]
    [InlineData("USD USD", true)]
    [InlineData("USD", false)]
    [InlineData("USD EUR", false)]
    [InlineData("EUR USD USD", true)] // the newest two count
    [InlineData("USD USD EUR", false)]
    [InlineData("CHF USD", false)]
    [InlineData("USD refused USD", true)] // a body that is no stock list says nothing
    [InlineData("USD USD applied", false)]
    public void Judge_NewCurrency_IsAdoptedWhenThreeSnapshotsInARowAgree(string past, bool adopted)
    {
        var verdict = SnapshotGuard.Judge(Moved(10, 10) with { History = [.. past.Split(' ').Reverse().Select(Past)] });

        verdict.Outcome.ShouldBe(adopted ? SnapshotOutcome.Applied : SnapshotOutcome.Withheld);
        verdict.PriceCurrency.ShouldBe(adopted ? "USD" : "EUR");
        verdict.Describe().ShouldContain(adopted ? "adopted, since 3 snapshots in a row agree" : "it is adopted when");

        static PastSnapshot Past(string word) => word switch
        {
            "refused" => new PastSnapshot(SnapshotOutcome.Refused, false, default),
            "applied" => new PastSnapshot(SnapshotOutcome.Applied, false, default),
            "EUR" => new PastSnapshot(SnapshotOutcome.Withheld, true, default),
            _ => new PastSnapshot(SnapshotOutcome.Withheld, true, default, word),
        };
    }

    [Theory]
    [InlineData("USD", true)]
    [InlineData("CHF", false)]
    [InlineData(null, false)]
    public void Judge_NewCurrencyAcceptedByOperator_HoldsForThatCurrencyOnly(string? accepted, bool adopted)
    {
        var verdict = SnapshotGuard.Judge(
            Moved(10, 10) with { AcceptedByOperator = new AcceptedSnapshot(new SnapshotFall(10, 10), accepted) });

        verdict.PriceCurrency.ShouldBe(adopted ? "USD" : "EUR");
        verdict.Outcome.ShouldBe(adopted ? SnapshotOutcome.Applied : SnapshotOutcome.Withheld);
    }

    [Fact]
    public void Judge_RowsInTwoOtherCurrencies_AreNoNewCurrencyHoweverOftenTheyCome()
    {
        var past = new PastSnapshot(SnapshotOutcome.Withheld, true, new SnapshotFall(10, 10), "USD");
        var verdict = SnapshotGuard.Judge(Facts(10, 10) with
        {
            AccountCurrency = "EUR", RowsByCurrency = Currencies(("USD", 9), ("CHF", 1)), History = [past, past],
        });

        verdict.PriceCurrency.ShouldBe("EUR");
        verdict.Reasons.ShouldHaveSingleItem().Kind.ShouldBe(SnapshotReasonKind.SecondCurrency);
    }

    [Fact]
    public void Judge_NewCurrencyAndFall_AreConfirmedTogether()
    {
        var moved = Moved(1000, 500);
        var first = SnapshotGuard.Judge(moved);
        var past = new PastSnapshot(SnapshotOutcome.Withheld, true, moved.Fall, "USD");

        first.CanBeConfirmed.ShouldBeTrue();
        first.Reasons.Select(reason => reason.Kind).ShouldBe([SnapshotReasonKind.NewCurrency, SnapshotReasonKind.Fall]);
        SnapshotGuard.Judge(moved with { History = [past, past] }).Outcome.ShouldBe(SnapshotOutcome.Applied);
        SnapshotGuard.Judge(moved with { AcceptedByOperator = new AcceptedSnapshot(moved.Fall, "USD") }).Outcome
            .ShouldBe(SnapshotOutcome.Applied);
    }

    [Fact]
    public void Judge_FallThatIsConfirmedBesideACurrencyThatIsNot_RemovesNothingAndDoesNotSayOtherwise()
    {
        var past = new PastSnapshot(SnapshotOutcome.Withheld, true, new SnapshotFall(1000, 500));
        var verdict = SnapshotGuard.Judge(Moved(1000, 500) with { History = [past, past] });

        verdict.MayRemove.ShouldBeFalse();
        verdict.FallConsent.ShouldBe(SnapshotConsent.None);
        verdict.Describe().ShouldContain("500 of 1000 products on sale are gone without a known sale: nothing was removed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_FallAfterSnapshotsThatToldOfNone_IsNotConfirmedByThem(bool byOperator)
    {
        var whole = new SnapshotFall(1000, 990);
        var past = new PastSnapshot(SnapshotOutcome.Withheld, true, whole, "USD");
        var facts = Facts(1300, 990) with
        {
            History = byOperator ? [past] : [past, past],
            AcceptedByOperator = byOperator ? new AcceptedSnapshot(whole, "USD") : null,
        };

        SnapshotGuard.Judge(facts).Outcome.ShouldBe(SnapshotOutcome.Withheld);
    }

    [Fact]
    public void Judge_NewCurrencyBesideABadRow_IsAdoptedByRepetitionAndStillRemovesNothing()
    {
        var past = new PastSnapshot(SnapshotOutcome.Withheld, false, new SnapshotFall(10, 10), "USD");
        var verdict = SnapshotGuard.Judge(Moved(10, 10) with { BadRows = OneRow, History = [past, past] });

        (verdict.PriceCurrency, verdict.Outcome).ShouldBe(("USD", SnapshotOutcome.Withheld));
        SnapshotGuard.Judge(Moved(10, 10) with { BadRows = OneRow }).ShouldSatisfyAllConditions(
            alone => alone.CanBeConfirmed.ShouldBeFalse(),
            alone => alone.Describe().ShouldNotContain("operator"));
    }

    [Fact]
    public void Judge_UnreadableBody_IsRefusedWithItsPlace()
    {
        var verdict = SnapshotGuard.Judge(Facts(1000, 1000) with { Body = new BodyFault("it ends inside an object", 812) });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Refused);
        verdict.MayApplyRows.ShouldBeFalse();
        verdict.MayRemove.ShouldBeFalse();
        verdict.Describe().ShouldContain("it ends inside an object (at byte 812)");
    }

    [Fact]
    public void Judge_ForeignSeller_IsRefusedWhateverElseIsFound()
    {
        var verdict = SnapshotGuard.Judge(
            Facts(1000, 1000) with { ForeignSeller = new RowFault(3, 99, "user_id 7 instead of 9"), BadRows = OneRow });

        verdict.Outcome.ShouldBe(SnapshotOutcome.Refused);
        verdict.Reasons.ShouldHaveSingleItem().Kind.ShouldBe(SnapshotReasonKind.ForeignSeller);
    }

    [Fact]
    public void RowFaults_ManyRows_AreCountedAndFewAreKept()
    {
        var faults = Enumerable.Range(0, 100).Aggregate(RowFaults.None, (all, i) => all.Add(new RowFault(i, i, "bad")));

        faults.Count.ShouldBe(100);
        faults.Samples.Length.ShouldBe(RowFaults.SamplesKept);
        faults.AddUnseen(5).Count.ShouldBe(105);
    }

    private static SnapshotFacts Facts(long linked, long seen) => new() { Fall = new SnapshotFall(linked, seen) };

    private static SnapshotFacts Moved(long linked, long seen) =>
        Facts(linked, seen) with { AccountCurrency = "EUR", RowsByCurrency = Currencies(("EUR", 0), ("USD", seen)) };

    private static ImmutableDictionary<string, long> Currencies(params (string Currency, long Rows)[] rows) =>
        rows.ToImmutableDictionary(row => row.Currency, row => row.Rows);
}
