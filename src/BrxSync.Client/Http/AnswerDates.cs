namespace BrxSync.Client.Http;

/// <summary>
/// Hands on what every answer tells of CardTrader's clock. The engine compares times of the two clocks, so it wants all answers, also
/// those whose call nobody thinks of as a source of time.
/// </summary>
internal sealed class AnswerDates
{
    private Action<DateTimeOffset, DateTimeOffset, DateTimeOffset>? _observer;

    /// <summary>Has an observer told when a request was sent and its head received, by our clock, and the <c>Date</c> of the answer.</summary>
    public void Observe(Action<DateTimeOffset, DateTimeOffset, DateTimeOffset> observer) => _observer += observer;

    /// <summary>Tells the observers of an answer.</summary>
    public void Tell(DateTimeOffset sent, DateTimeOffset received, DateTimeOffset date) => _observer?.Invoke(sent, received, date);
}
