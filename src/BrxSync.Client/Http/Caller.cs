using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Http;

/// <summary>Who calls: the token of a seller, and how his calls are treated.</summary>
internal sealed record Caller(CardTraderToken Token, RateLimitPriority Priority)
{
    /// <summary>Where <see cref="IEndpoints.Caller"/> travels with a request.</summary>
    public static readonly HttpRequestOptionsKey<Caller> Key = new(nameof(IEndpoints.Caller));

    /// <summary>Is told when each answer was given, if the caller wants to know.</summary>
    public Action<AnswerTime>? AnswerObserver { get; init; }

    /// <summary>Says, just before a request leaves, whether it still may; null for always.</summary>
    public Func<bool>? MaySend { get; init; }
}
