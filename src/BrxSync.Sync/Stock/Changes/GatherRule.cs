using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// Makes as few calls as possible of the changes of one product that wait: adjustments add up, fields are sent once with their last
/// values, and what takes itself back is not sent at all. Whatever may have had an effect already is never taken back.
/// </summary>
internal static class GatherRule
{
    /// <summary>Gathers the waiting changes of one product.</summary>
    /// <param name="ofTheProduct">All its changes.</param>
    /// <param name="takenBack">
    /// The fields that have, here, the value again that they had before the first of the waiting changes.
    /// </param>
    /// <returns>The changes that are different now.</returns>
    public static IEnumerable<LocalChange> Gather(IEnumerable<LocalChange> ofTheProduct, ItemFields takenBack)
    {
        var waiting = ofTheProduct.Where(change => change.State == ChangeState.Waiting).OrderBy(change => change.Sequence).ToArray();
        if (waiting.FirstOrDefault(change => change.Kind == ChangeKind.Create) is { } create)
        {
            return waiting.Any(change => change.Kind == ChangeKind.Delete)
                ? waiting.Select(change => Superseded(change, null))
                : Others(waiting, create);
        }

        return waiting.FirstOrDefault(change => change.Kind == ChangeKind.Delete) is { } delete
            ? Others(waiting, delete)
            : waiting.GroupBy(change => change.Kind).SelectMany(changes => Sum([.. changes], takenBack));
    }

    private static IEnumerable<LocalChange> Sum(LocalChange[] changes, ItemFields takenBack)
    {
        var first = changes[0];
        var sum = Told(first with
        {
            Delta = changes.Sum(change => change.Delta),
            HeldBack = changes.Sum(change => change.HeldBack),
            Short = changes.Sum(change => change.Short),
            Fields = changes.Aggregate(ItemFields.None, (fields, change) => fields | change.Fields)
                & ~(changes.All(change => change.SentAt is null) ? takenBack : ItemFields.None),
        });
        if (sum.Delta == 0 && sum.Fields == ItemFields.None)
        {
            return changes.Select(change => Superseded(change, null));
        }

        return (sum == first ? [] : new[] { sum }).Concat(Others(changes, first));
    }

    /// <summary>
    /// Copies that turned out not to be there need not be taken, and those held back have stood in for them. Where more is added than
    /// taken, that is final: a change that takes nothing has nothing to give back.
    /// </summary>
    private static LocalChange Told(LocalChange sum) => sum.Short <= Math.Max(0, -sum.Delta)
        ? sum
        : sum with { Delta = sum.Delta + sum.Short, HeldBack = sum.HeldBack - sum.Short, Short = 0 };

    private static IEnumerable<LocalChange> Others(IEnumerable<LocalChange> changes, LocalChange carrier) =>
        changes.Where(change => change.Id != carrier.Id).Select(change => Superseded(change, carrier.Id));

    private static LocalChange Superseded(LocalChange change, Guid? carrier) =>
        change with { State = ChangeState.Superseded, MergedInto = carrier };
}
