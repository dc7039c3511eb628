namespace BrxSync.Client;

/// <summary>When an answer of CardTrader was given, by its own clock and by one of ours that nobody can set.</summary>
/// <remarks>
/// The answer was made between the two timestamps. They are no instants: <see cref="TimeProvider.GetElapsedTime(long, long)"/> of the
/// <see cref="TimeProvider"/> that the client was registered with tells what passed between them, or since.
/// </remarks>
public readonly record struct AnswerTime
{
    /// <summary>Gets what the monotonic clock showed just before the attempt that was answered was sent.</summary>
    /// <value>A <see cref="TimeProvider.GetTimestamp"/>, taken after any waiting for the rate limiter or a place in flight.</value>
    public required long SentTimestamp { get; init; }

    /// <summary>Gets what the monotonic clock showed when the head of the answer was there, before any of its body was read.</summary>
    /// <value>A <see cref="TimeProvider.GetTimestamp"/>.</value>
    public required long HeadTimestamp { get; init; }

    /// <summary>Gets the time in CardTrader's clock at which it answered.</summary>
    /// <value>The <c>Date</c> header, in whole seconds; <see langword="null"/> when it was absent or could not be read.</value>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Gets how old the answer was when it came: more than nothing when a cache gave it.</summary>
    /// <value>The <c>Age</c> header, in whole seconds; zero when it was absent, negative or could not be read.</value>
    public TimeSpan Age { get; init; }
}
