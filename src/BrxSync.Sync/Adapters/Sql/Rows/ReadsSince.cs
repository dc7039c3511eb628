using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>
/// Which rows were read again since a snapshot was begun: those with a read of their own, which did not end before this one began. What
/// another snapshot wrote is older, whatever clocks say, since runs of one account follow each other. A read that seems to be still to come
/// was noted before a clock was set back.
/// </summary>
/// <param name="From">When the snapshot began.</param>
/// <param name="Latest">The latest instant that can be the present.</param>
internal readonly record struct ReadsSince(DateTimeOffset From, DateTimeOffset Latest)
{
    private static readonly DateTimeOffset LastInstant = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ReadsSince? Of(SnapshotWindow? window, DateTimeOffset? latest) =>
        window is { } read ? new ReadsSince(read.From, latest is { } present && present < LastInstant ? present : LastInstant) : null;
}
