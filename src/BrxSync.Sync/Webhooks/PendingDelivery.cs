using BrxSync.Client;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Webhooks;

/// <summary>A delivery on its way into the stock: judged as far as it can be without the books, and without a word about people.</summary>
internal sealed class PendingDelivery
{
    private const int LongestText = 100;

    /// <summary>How far ahead of CardTrader's clock an event may lie. One from later is not believed: its order is fetched.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource<DeliveryReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PendingDelivery(DeliveryRow row, DeliveryVerdict verdict) => (Row, Verdict) = (row, verdict);

    /// <summary>Gets what the inbox will keep of it.</summary>
    public DeliveryRow Row { get; }

    /// <summary>Gets whether it may touch the stock.</summary>
    public DeliveryVerdict Verdict { get; private set; }

    /// <summary>Gets whether it was kept until now.</summary>
    public bool WasKept { get; private init; }

    /// <summary>Gets what it says about an order.</summary>
    public OrderReport? Report => Row.Report;

    /// <summary>Gets the end of it.</summary>
    public Task<DeliveryReceipt> Receipt => _receipt.Task;

    /// <summary>Reads a delivery that has arrived.</summary>
    public static PendingDelivery Of(WebhookEvent delivery, string? traceParent)
    {
        var order = delivery as OrderWebhookEvent;
        var report = order is null ? null : OrderReports.Of(order);
        var verdict = order is null
            ? DeliveryRule.IsTest(delivery.Mode) ? DeliveryVerdict.TestMode : DeliveryVerdict.UnknownCause
            : DeliveryRule.Judge(delivery.Cause, delivery.Mode, report);
        var row = new DeliveryRow
        {
            Id = SafeText.Of(delivery.Id),
            EventTime = delivery.Time,
            Cause = Short(delivery.Cause),
            Mode = Short(delivery.Mode),
            OrderId = order?.OrderId.Value ?? delivery.ObjectId,
            Outcome = DeliveryOutcome.Waiting,
            Report = report,
            TraceParent = traceParent,
        };
        return new PendingDelivery(row, verdict);
    }

    /// <summary>
    /// Takes up a delivery that was kept for later; only those that may touch the stock, or whose orders are to be fetched, are.
    /// </summary>
    public static PendingDelivery Of(DeliveryRow kept) =>
        new(kept, kept.Report is null ? DeliveryVerdict.FetchFirst : DeliveryVerdict.Apply) { WasKept = true };

    /// <summary>Applies what it says to the books.</summary>
    /// <returns>The books from now on, and what became of the delivery.</returns>
    public (AccountBooks Books, DeliveryOutcome Outcome) ApplyTo(AccountBooks books, Present now)
    {
        ArgumentNullException.ThrowIfNull(books);
        switch (Verdict)
        {
            case DeliveryVerdict.TestMode:
                return (books, DeliveryOutcome.TestMode);
            case DeliveryVerdict.UnknownCause:
                return (books, DeliveryOutcome.UnknownCause);
            case DeliveryVerdict.Purchase:
                return (books, DeliveryOutcome.Purchase);
            case DeliveryVerdict.FetchFirst:
            case DeliveryVerdict.Apply when Row.EventTime - now.Latest > FurthestAhead:
                return (books with { Fetches = books.Fetches.Add(new OrderId(Row.OrderId!.Value)) }, DeliveryOutcome.FetchFirst);
            default:
                var applied = books.Apply(Report!, now with { HasNoAnswer = true });
                return (applied, ToOutcome(applied.LastDisposition));
        }
    }

    /// <summary>
    /// Gives what the inbox keeps while the delivery cannot be applied; one that never touches the stock is done with that.
    /// </summary>
    public DeliveryRow ToKeep() => Verdict switch
    {
        DeliveryVerdict.TestMode => ToRow(DeliveryOutcome.TestMode),
        DeliveryVerdict.UnknownCause => ToRow(DeliveryOutcome.UnknownCause),
        DeliveryVerdict.Purchase => ToRow(DeliveryOutcome.Purchase),
        _ => Row,
    };

    /// <summary>Gives what the inbox keeps of a delivery that is done with.</summary>
    public DeliveryRow ToRow(DeliveryOutcome outcome) => Row with
    {
        Outcome = outcome,
        Report = null,
        Note = outcome switch
        {
            DeliveryOutcome.TestMode => "Sent to test the address; the stock is not touched.",
            DeliveryOutcome.UnknownCause =>
                $"Cause {Row.Cause} of {(Row.OrderId is { } id ? $"object {id}" : "nothing")} is none that is known; nothing is done.",
            DeliveryOutcome.Purchase => "A purchase of this account; the stock is not touched.",
            DeliveryOutcome.Outdated => "Tells of an earlier time than what is known, or of the same event again.",
            DeliveryOutcome.FetchFirst => "Does not say enough; the order is fetched.",
            _ => null,
        },
    };

    /// <summary>Gives up what it says: its order is to be fetched instead.</summary>
    /// <returns>False when it says nothing that could be given up.</returns>
    public bool TryFetchInstead()
    {
        if (Verdict != DeliveryVerdict.Apply)
        {
            return false;
        }

        Verdict = DeliveryVerdict.FetchFirst;
        return true;
    }

    public void Complete(DeliveryOutcome outcome) => _receipt.TrySetResult(new DeliveryReceipt(Row.Id, outcome));

    public void Fail(Exception exception) => _receipt.TrySetException(exception);

    private static DeliveryOutcome ToOutcome(OrderDisposition disposition) => disposition switch
    {
        OrderDisposition.Applied => DeliveryOutcome.Applied,
        OrderDisposition.Outdated => DeliveryOutcome.Outdated,
        OrderDisposition.FetchFirst => DeliveryOutcome.FetchFirst,
        OrderDisposition.Purchase => DeliveryOutcome.Purchase,
        _ => DeliveryOutcome.NothingToDo,
    };

    /// <summary>An open set can hold anything; what is shown to people is short.</summary>
    private static string Short(string text) =>
        SafeText.Of(
            text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)]);
}
