using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Http;

/// <summary>Who calls: the token of a seller, and how his calls are treated.</summary>
internal sealed class Caller(CardTraderToken token, RateLimitPriority priority, Action<AnswerTime>? answerObserver = null)
{
    /// <summary>Where <see cref="IEndpoints.Caller"/> travels with a request.</summary>
    public static readonly HttpRequestOptionsKey<Caller> Key = new(nameof(IEndpoints.Caller));

    public CardTraderToken Token { get; } = token;

    public RateLimitPriority Priority { get; } = priority;

    /// <summary>Is told when each answer was given, if the caller wants to know.</summary>
    public Action<AnswerTime>? AnswerObserver { get; } = answerObserver;
}
