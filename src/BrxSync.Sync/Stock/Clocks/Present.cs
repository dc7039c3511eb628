namespace BrxSync.Sync.Stock.Clocks;

/// <summary>
/// The present in CardTrader's clock, as far as it is known. Whatever is known happened, and whatever was read was read, no later than now:
/// a stored time that is still to come was written before a clock was set back, and proves nothing.
/// </summary>
/// <param name="Now">The best guess.</param>
/// <param name="Earliest">It is no earlier than this.</param>
/// <param name="Latest">It is no later than this.</param>
internal readonly record struct Present(DateTimeOffset Now, DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>
    /// True for a step that has no answer of its own, as the delivery of a webhook. Should CardTrader's clock have been set forward since
    /// the last answer, all that is new seems to be still to come.
    /// </summary>
    public bool HasNoAnswer { get; init; }

    /// <summary>An instant that is known exactly.</summary>
    public static implicit operator Present(DateTimeOffset now) => new(now, now, now);

    private static readonly TimeSpan WorstGuess = TimeSpan.FromDays(1);

    /// <summary>
    /// The present before CardTrader has said anything about its clock. No clock of ours is believed to be slow by more than a day.
    /// </summary>
    public static Present Unknown(DateTimeOffset guess) => new(guess, DateTimeOffset.UnixEpoch, guess + WorstGuess);

    /// <summary>True when an instant is certainly still to come.</summary>
    public bool IsBefore(DateTimeOffset instant) => !HasNoAnswer && SeemsBefore(instant);

    /// <summary>True when an instant is still to come, unless CardTrader's clock was set forward since its last answer.</summary>
    public bool SeemsBefore(DateTimeOffset instant) => instant > Latest;

    /// <summary>True when an instant may be still to come.</summary>
    public bool MayBeBefore(DateTimeOffset instant) => instant > Earliest;
}
