namespace BrxSync.Sync.Abstractions.Records;

/// <summary>
/// How far ahead a due time can lie that was stored rightly. One beyond it was stored before the clock was set back, or with a longer
/// interval: it says nothing, and must not be waited for.
/// </summary>
/// <param name="Orders">The longest interval between looks for orders.</param>
/// <param name="Compare">The longest interval between comparisons as a whole.</param>
internal sealed record WorkHorizon(TimeSpan Orders, TimeSpan Compare);
