using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;
using Polly;

namespace BrxSync.Client.Http;

/// <summary>What travels with a request through the handlers, and what they learn on the way.</summary>
internal sealed class CallContext(ApiCall call, Caller caller)
{
    public static readonly HttpRequestOptionsKey<CallContext> Key = new("BrxSync.Client.CallContext");

    /// <summary>Where it is found in the pipelines.</summary>
    public static readonly ResiliencePropertyKey<CallContext> PipelineKey = new("BrxSync.Client.CallContext");

    public ApiCall Call { get; } = call;

    /// <summary>Whose limits count; not the token itself.</summary>
    public string LimiterKey { get; } = caller.Token.Fingerprint;

    public RateLimitPriority Priority { get; } = caller.Priority;

    /// <summary>True when the body is read by the caller as it arrives, false when an attempt includes the whole body.</summary>
    public bool IsStreamed => Call.IsStreamed;

    /// <summary>Is told when the answer that stands was given, if the caller wants to know.</summary>
    public Action<AnswerTime>? AnswerObserver { get; } = caller.AnswerObserver;

    /// <summary>Says, just before a request leaves, whether it still may; null for always.</summary>
    public Func<bool>? MaySend { get; } = caller.MaySend;

    public CallErrors Errors { get; } = new(call, caller.Token);

    /// <summary>The time that is left.</summary>
    public CallBudget? Budget { get; set; }

    /// <summary>The slot of the rate limiter that the attempt under way holds.</summary>
    public AttemptSlot? Slot { get; set; }

    /// <summary>Lets the request of the attempt that is under way out; null before the first one.</summary>
    public AttemptGate? Gate { get; set; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When the last attempt was sent.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>When the last attempt was sent, by the monotonic clock.</summary>
    public long SentTimestamp { get; set; }

    /// <summary>When the head of the last answer was there, by the monotonic clock.</summary>
    public long HeadTimestamp { get; set; }

    /// <summary>True once an attempt failed of which CardTrader may have executed the call.</summary>
    public bool MayHaveBeenExecuted { get; set; }

    /// <summary>How long the call waited because of 429.</summary>
    public TimeSpan ThrottledFor { get; set; }

    /// <summary>How long to wait after the last 429.</summary>
    public TimeSpan RetryAfter { get; set; }

    public static CallContext Of(ResilienceContext context) => context.Properties.GetValue(PipelineKey, null!);

    /// <summary>Tells when the answer to the last attempt was given.</summary>
    public AnswerTime TimeOf(HttpResponseMessage answer) => new()
    {
        SentTimestamp = SentTimestamp,
        HeadTimestamp = HeadTimestamp,
        Date = answer.Headers.Date,
        Age = answer.Headers.Age is { } age && age > TimeSpan.Zero ? age : TimeSpan.Zero,
    };
}
