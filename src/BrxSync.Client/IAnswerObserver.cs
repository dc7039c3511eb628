namespace BrxSync.Client;

/// <summary>
/// Is told when every answer of CardTrader was given that stands, to any account: register an implementation in the services of the host.
/// For the answers of one account use <see cref="ICardTraderAccount.WithAnswerObserver"/>.
/// </summary>
public interface IAnswerObserver
{
    /// <summary>
    /// Takes notice of an answer. It is called in the midst of the call: it must be quick, and an exception becomes that of the call.
    /// </summary>
    /// <param name="answer">When the answer was given.</param>
    void OnAnswer(AnswerTime answer);
}
