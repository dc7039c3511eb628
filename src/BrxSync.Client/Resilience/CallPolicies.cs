using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BrxSync.Client.Resilience;

/// <summary>Builds and keeps the policy of every class of calls for the whole process.</summary>
internal sealed partial class CallPolicies : IDisposable
{
    public static readonly ResiliencePropertyKey<CallContext> ContextKey = new("BrxSync.Client.CallContext");

    private readonly Dictionary<OperationClass, CallPolicy> _policies = [];
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SteadyTime _steadyTime;
    private readonly ClientTelemetry _telemetry;
    private readonly ILogger _logger;

    public CallPolicies(
        IOptions<CardTraderClientOptions> options, TimeProvider timeProvider, ClientTelemetry telemetry, ILogger<CallPolicies> logger)
    {
        _options = options.Value.Resilience;
        _timeProvider = timeProvider;

        // A circuit keeps the time of day at which it closes again, and of the failures it counts.
        _steadyTime = new SteadyTime(timeProvider);
        _telemetry = telemetry;
        _logger = logger;
        Add(OperationClass.Export, _options.Export);
        Add(OperationClass.Read, _options.Read);
        Add(OperationClass.Write, _options.Write);
        Add(OperationClass.NonRepeatableWrite, _options.NonRepeatableWrite);
        Add(OperationClass.JobPoll, _options.JobPoll);
        telemetry.ObserveCircuits(() => _policies.Select(policy => (policy.Key, policy.Value.Circuit)));
    }

    public CallPolicy For(OperationClass operationClass) => _policies[operationClass];

    public IReadOnlyList<string> ListOpenCircuits() =>
        [.. _policies.Where(policy => policy.Value.Circuit is CircuitState.Open or CircuitState.Isolated)
            .Select(policy => policy.Key.ToString())];

    public void Dispose()
    {
        foreach (var policy in _policies.Values)
        {
            policy.Dispose();
        }
    }

    private static CallContext ContextOf(ResilienceContext context) => context.Properties.GetValue(ContextKey, null!);

    private void Add(OperationClass operationClass, CallPolicyOptions policy)
    {
        var circuit = new CircuitBreakerStateProvider();
        var attempts = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _steadyTime };
        if (_options.Throttling.MaxRetries > 0)
        {
            attempts.AddRetry(ThrottledRetry());
        }

        if (policy.MaxRetries > 0)
        {
            attempts.AddRetry(FailedRetry(operationClass, policy.MaxRetries));
        }

        attempts.AddCircuitBreaker(Breaker(operationClass, circuit));
        var timeout = new ResiliencePipelineBuilder { TimeProvider = _steadyTime };
        timeout.AddTimeout(new TimeoutStrategyOptions { Timeout = policy.AttemptTimeout });
        _policies.Add(operationClass, new CallPolicy(policy, attempts.Build(), timeout.Build(), circuit));
    }

    private RetryStrategyOptions<HttpResponseMessage> ThrottledRetry() => new()
    {
        MaxRetryAttempts = _options.Throttling.MaxRetries,
        ShouldHandle = arguments =>
        {
            var call = ContextOf(arguments.Context);
            return ValueTask.FromResult(
                AttemptJudge.Judge(arguments.Outcome) == AttemptVerdict.Throttled
                && call.ThrottledFor + call.RetryAfter <= _options.Throttling.MaxTotalWait);
        },
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(ContextOf(arguments.Context).RetryAfter),
        OnRetry = arguments =>
        {
            var call = ContextOf(arguments.Context);
            call.ThrottledFor += arguments.RetryDelay;
            NoteRetry(call, "429", arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    private RetryStrategyOptions<HttpResponseMessage> FailedRetry(OperationClass operationClass, int retries) => new()
    {
        MaxRetryAttempts = retries,
        ShouldHandle = arguments => ValueTask.FromResult(AttemptJudge.Judge(arguments.Outcome) switch
        {
            // Whatever the call does: CardTrader has not seen it.
            AttemptVerdict.NotSent => true,
            AttemptVerdict.Failed => operationClass != OperationClass.NonRepeatableWrite,
            _ => false,
        }),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayBefore(arguments.AttemptNumber, arguments.Outcome)),
        OnRetry = arguments =>
        {
            NoteRetry(ContextOf(arguments.Context), AttemptJudge.Describe(arguments.Outcome), arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    private CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(
        OperationClass operationClass, CircuitBreakerStateProvider circuit) => new()
    {
        FailureRatio = _options.CircuitBreaker.FailureRatio,
        MinimumThroughput = _options.CircuitBreaker.MinimumThroughput,
        SamplingDuration = _options.CircuitBreaker.SamplingDuration,
        BreakDuration = _options.CircuitBreaker.BreakDuration,
        StateProvider = circuit,
        ShouldHandle = arguments => ValueTask.FromResult(
            AttemptJudge.Judge(arguments.Outcome) is AttemptVerdict.Failed or AttemptVerdict.NotSent),
        OnOpened = arguments =>
        {
            Log.CircuitOpened(_logger, operationClass, arguments.BreakDuration.TotalSeconds);
            return ValueTask.CompletedTask;
        },
        OnClosed = _ =>
        {
            Log.CircuitClosed(_logger, operationClass);
            return ValueTask.CompletedTask;
        },
    };

    private TimeSpan DelayBefore(int retry, Outcome<HttpResponseMessage> outcome)
    {
        var asked = outcome.Result is { } response
            ? RetryAfter.Find(response.Headers, _timeProvider.GetUtcNow(), _options.Throttling.MaxRetryAfter)
            : null;
        return asked ?? Backoff.Before(retry, _options.RetryDelay, _options.MaxRetryDelay);
    }

    private void NoteRetry(CallContext call, string reason, TimeSpan delay)
    {
        _telemetry.Retried(call.Call, reason);
        Log.Retrying(_logger, call.Call.Name, reason, delay.TotalSeconds);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Retrying, LogLevel.Debug, "{Operation} failed ({Reason}); trying again in {Seconds:0.0} s")]
        public static partial void Retrying(ILogger logger, string operation, string reason, double seconds);

        [LoggerMessage(
            EventIds.CircuitOpened, LogLevel.Warning, "Too many {OperationClass} calls to CardTrader fail; none is sent for {Seconds:0} s")]
        public static partial void CircuitOpened(ILogger logger, OperationClass operationClass, double seconds);

        [LoggerMessage(EventIds.CircuitClosed, LogLevel.Information, "{OperationClass} calls to CardTrader work again")]
        public static partial void CircuitClosed(ILogger logger, OperationClass operationClass);
    }
}
