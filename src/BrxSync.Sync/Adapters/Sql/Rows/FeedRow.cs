using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>stock_feeds</c> as it is read, with the position of the account's last entry; times in microseconds.</summary>
internal static class FeedRow
{
    public static FeedCursor Read(RowReader row) => new()
    {
        Name = row.Text("Name"),
        Position = row.Number("Position"),
        Version = row.Number("Version"),
        Attempts = row.Integer("Attempts"),
        NotBefore = row.TimeOrNull("NotBefore"),
        Holder = row.TextOrNull("Holder"),
        PausedAt = row.TimeOrNull("PausedAt"),
        Error = row.TextOrNull("Error"),
        UpdatedAt = row.TimeOrNull("UpdatedAt"),
        JournalPosition = row.Number("JournalPosition"),
    };

    public static FeedBacklog ReadBacklog(RowReader row) =>
        new(row.Text("Name"), row.Number("Entries"), row.TimeOrNull("Oldest"), row.Number("Paused"));
}
