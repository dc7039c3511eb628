using System.Net;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>How sending one change ended, and in which words.</summary>
/// <param name="Outcome">How it ended.</param>
internal sealed record ChangeVerdict(SendOutcome Outcome)
{
    /// <summary>Gets the product as CardTrader names it.</summary>
    public ProductId? Product { get; init; }

    /// <summary>Gets whether the product was sold out before anybody here knew of it.</summary>
    public bool IsSoldOut { get; init; }

    /// <summary>Gets CardTrader's code for what is wrong, or ours.</summary>
    public string? Code { get; init; }

    /// <summary>Gets what is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what was changed or left out, as JSON.</summary>
    public string? Remarks { get; init; }

    /// <summary>Gets whether the change is to go out alone, since nobody knows which of its batch was wrong.</summary>
    public bool GoesAlone { get; init; }

    /// <summary>Gets whether it is the account that is refused, so that nothing more is to be sent.</summary>
    public bool BarsAccount { get; init; }

    /// <summary>Judges a call that failed.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="count">How many changes the call carried.</param>
    public static ChangeVerdict Of(Exception exception, int count)
    {
        if (exception is not CardTraderException failure)
        {
            // Cancelled, or a fault of ours: whether the call went out is not known.
            return new ChangeVerdict(SendOutcome.AnswerLost) { Code = "answer_lost", Error = "The call was interrupted." };
        }

        var verdict = failure switch
        {
            CardTraderAuthenticationException => new ChangeVerdict(SendOutcome.NotSent) { BarsAccount = true },
            { IsOutcomeUnknown: true } => new ChangeVerdict(SendOutcome.AnswerLost),
            { StatusCode: HttpStatusCode.NotFound } when count == 1 => new ChangeVerdict(SendOutcome.NotThere),
            { IsTransient: true } => new ChangeVerdict(SendOutcome.NotSent),
            _ when count > 1 => new ChangeVerdict(SendOutcome.NotSent) { GoesAlone = true },
            _ => new ChangeVerdict(SendOutcome.Rejected),
        };
        return verdict with { Code = failure.ErrorCode ?? CodeOf(verdict.Outcome), Error = Words(failure.Message, failure.Errors) };
    }

    /// <summary>A change that was carried out.</summary>
    /// <param name="product">The product, where CardTrader names it.</param>
    /// <param name="warnings">What was changed or left out.</param>
    public static ChangeVerdict Done(ProductId? product, IReadOnlyList<CardTraderFault> warnings) => new(SendOutcome.Done)
    {
        Product = product, Remarks = ChangeView.ToJson([.. warnings.Select(Remark)]),
    };

    /// <summary>A job, or an answer, of which nobody knows what became.</summary>
    public static ChangeVerdict Lost(string why) => new(SendOutcome.AnswerLost) { Code = "answer_lost", Error = why };

    /// <summary>A change that CardTrader refused by itself.</summary>
    public static ChangeVerdict Refused(IReadOnlyList<CardTraderFault> errors)
    {
        var outcome = errors.Any(static error => error.Path == "id")
            ? SendOutcome.NotThere
            : errors.Any(static error => error.Text.Contains("synchronization is in progress", StringComparison.OrdinalIgnoreCase))
                ? SendOutcome.NotSent
                : SendOutcome.Rejected;
        var isAboutProperties = outcome == SendOutcome.Rejected && errors.Any(static error =>
            (error.Path + error.Text).Contains("propert", StringComparison.OrdinalIgnoreCase));
        return new ChangeVerdict(outcome)
        {
            Code = isAboutProperties ? PropertyPlans.Refused : CodeOf(outcome), Error = Words("CardTrader refused the change.", errors),
        };
    }

    private static ChangeRemark Remark(CardTraderFault warning) => new(warning.Path, warning.Text);

    private static string? CodeOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.NotThere => "not_found",
        SendOutcome.AnswerLost => "answer_lost",
        SendOutcome.Rejected => "rejected",
        SendOutcome.NotSent => "not_sent",
        _ => null,
    };

    /// <summary>Puts what CardTrader complained about behind a message.</summary>
    public static string Words(string message, IReadOnlyList<CardTraderFault> errors) => errors.Count == 0
        ? message
        : $"{message} {string.Join("; ", errors.Select(static error => error.ToString()))}";
}
