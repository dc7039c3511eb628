using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Purchases;

/// <summary>Puts what became of a purchase into words: for the change that is stored, and for whoever asked for it.</summary>
internal static class PurchaseView
{
    public const string Held = "Changes of the account are held back: switch them on, then try again.";

    private static readonly (PurchaseHindrance Hindrance, string Code)[] Codes =
    [
        (PurchaseHindrance.RateLimited, "rate_limited"),
        (PurchaseHindrance.UpstreamError, "upstream_error"),
        (PurchaseHindrance.CircuitOpen, "circuit_open"),
        (PurchaseHindrance.Deadline, "deadline"),
        (PurchaseHindrance.WritesHeld, "writes_held"),
    ];

    /// <summary>Tells what stood in the way of a call of which nothing was sent.</summary>
    public static PurchaseHindrance HindranceOf(Exception exception) => exception switch
    {
        CardTraderRateLimitException => PurchaseHindrance.RateLimited,
        CardTraderTimeoutException or OperationCanceledException => PurchaseHindrance.Deadline,
        CardTraderException { StatusCode: null, IsTransient: true, InnerException: not HttpRequestException } =>
            PurchaseHindrance.CircuitOpen,
        _ => PurchaseHindrance.UpstreamError,
    };

    /// <summary>Gives the code of what stood in the way.</summary>
    public static string CodeOf(PurchaseHindrance hindrance) =>
        Codes.FirstOrDefault(known => known.Hindrance == hindrance).Code ?? PurchaseCodes.Cancelled;

    /// <summary>Gives what is noted with a purchase that did not come about.</summary>
    public static ChangeAttempt Note(Guid id, PurchaseHindrance hindrance, string error) => Note(id, CodeOf(hindrance), error);

    /// <summary>Gives what is noted with a purchase that did not come about.</summary>
    public static ChangeAttempt Note(Guid id, string code, string error) =>
        new() { Id = id, Call = PurchaseSteps.Call, ErrorCode = code, Error = error };

    /// <summary>Tells what became of a purchase, by the change that is stored.</summary>
    /// <param name="row">The change.</param>
    /// <param name="quantity">How many copies there are now.</param>
    public static PurchaseResult Of(ChangeRow row, int quantity)
    {
        var (outcome, hindrance) = OutcomeOf(row.Change.State, row.Attempt.ErrorCode);
        return new PurchaseResult
        {
            Outcome = outcome,
            Hindrance = hindrance,
            ItemId = row.Origin.ItemId,
            ProductId = row.Change.Product,
            CopiesWanted = -row.Change.Copies,
            QuantityBefore = quantity,
            QuantityAfter = quantity,
            ChangeId = row.Change.Id,
            Error = outcome == PurchaseOutcome.Sold ? null : row.Attempt.Error,
        };
    }

    private static (PurchaseOutcome Outcome, PurchaseHindrance Hindrance) OutcomeOf(ChangeState state, string? code) => (state, code) switch
    {
        (ChangeState.Acknowledged or ChangeState.LocalOnly, _) => (PurchaseOutcome.Sold, PurchaseHindrance.None),
        (ChangeState.Failed, _) => (PurchaseOutcome.Undecided, PurchaseHindrance.None),
        (not ChangeState.Superseded, _) => (PurchaseOutcome.Pending, PurchaseHindrance.None),
        (_, PurchaseCodes.NotEnough) => (PurchaseOutcome.NotEnoughAtCardTrader, PurchaseHindrance.None),
        (_, PurchaseCodes.Gone) => (PurchaseOutcome.Gone, PurchaseHindrance.None),
        _ => (PurchaseOutcome.Unavailable, Codes.Where(known => known.Code == code).Select(known => known.Hindrance)
            .DefaultIfEmpty(PurchaseHindrance.GivenUp).First()),
    };
}
