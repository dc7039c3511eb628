namespace BrxSync.Sync.Stock.Clocks;

/// <summary>When CardTrader gave an answer, by a clock of ours that nobody can set, and by its own.</summary>
/// <param name="Sent">When the request was sent, by ours.</param>
/// <param name="Head">When the head of the answer was there, by ours.</param>
/// <param name="Date">The <c>Date</c> header, in whole seconds; null when there was none.</param>
/// <param name="Age">How long the answer had lain in a cache; zero when it came from CardTrader itself.</param>
internal readonly record struct DatedAnswer(DateTimeOffset Sent, DateTimeOffset Head, DateTimeOffset? Date, TimeSpan Age)
{
    /// <summary>
    /// Gets the date; null also for one from before CardTrader or at the edge of time, with which nothing can be reckoned.
    /// </summary>
    public DateTimeOffset? Date { get; } = Date is { Year: >= 2000 and < 9900 } ? Date : null;
}
