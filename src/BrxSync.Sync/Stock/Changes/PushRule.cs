using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// Rule R8: what follows from the way sending a change ended. A change whose repetition would count twice is never repeated unless
/// it is certain that it had no effect.
/// </summary>
internal static class PushRule
{
    /// <summary>True when a second call changes nothing more, so that a lost answer may simply be asked for again.</summary>
    public static bool IsRepeatable(this ChangeKind kind) => kind is ChangeKind.SetFields or ChangeKind.Delete;

    /// <summary>
    /// True when a change may be sent now. Only one adjustment of a product is on its way at a time: two lost answers could not be told
    /// apart by any read. Nor are two changes of its fields, which jobs may carry out the other way round; and a product that is not
    /// known to be on sale yet can only be put there.
    /// </summary>
    public static bool MaySend(LocalChange change, IEnumerable<LocalChange> ofTheProduct)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.State == ChangeState.Waiting && IsFree(change, ofTheProduct);
    }

    /// <summary>True when no other change of the product stands in the way of sending one.</summary>
    public static bool IsFree(LocalChange change, IEnumerable<LocalChange> ofTheProduct)
    {
        ArgumentNullException.ThrowIfNull(change);
        return (change.Kind == ChangeKind.Create || !ProvisionalProduct.Is(change.Product))
            && !ofTheProduct.Any(other => other.Id != change.Id && other.State is (ChangeState.Sent or ChangeState.InDoubt)
                && (other.Kind == ChangeKind.Adjust || other.Kind == change.Kind || change.Kind == ChangeKind.Delete));
    }

    /// <summary>
    /// Gives the state of a change after it was sent. Fields of an item that is sold out here too have nowhere to go: a new product takes
    /// them along.
    /// </summary>
    public static ChangeState After(ChangeKind kind, SendOutcome outcome, int quantity) => outcome switch
    {
        SendOutcome.Done => ChangeState.Acknowledged,
        SendOutcome.NotThere when kind == ChangeKind.SetFields && quantity == 0 => ChangeState.Superseded,
        SendOutcome.NotThere => kind == ChangeKind.Delete ? ChangeState.Acknowledged : ChangeState.Failed,
        SendOutcome.NotSent => ChangeState.Waiting,
        SendOutcome.AnswerLost => kind.IsRepeatable() ? ChangeState.Waiting : ChangeState.InDoubt,
        _ => ChangeState.Failed,
    };

    /// <summary>True when the product must be read again, because our quantity may not be CardTrader's.</summary>
    public static bool NeedsReread(SendOutcome outcome) =>
        outcome is SendOutcome.NotThere or SendOutcome.Rejected or SendOutcome.AnswerLost;
}
