namespace BrxSync.Client.Http;

/// <summary>
/// Hands on when every answer was given. The engine compares times of CardTrader's clock with ours, so it wants all answers, also those
/// whose call nobody thinks of as a source of time.
/// </summary>
internal sealed class AnswerDates
{
    private Action<AnswerTime>? _observer;

    /// <summary>Has an observer told of every answer that stands, to any account; which of them say something of the clock is for it to decide.</summary>
    public void Observe(Action<AnswerTime> observer) => _observer += observer;

    /// <summary>Tells the observers of an answer.</summary>
    public void Tell(AnswerTime answer) => _observer?.Invoke(answer);
}
