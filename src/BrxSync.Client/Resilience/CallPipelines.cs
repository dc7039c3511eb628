using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Telemetry;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Builds the pipeline of every class of calls, from the outside in: repeat what was refused with 429, repeat what failed, fail at once
/// while the circuit is open, take a slot of the rate limiter, take a place in flight, end an attempt that takes too long.
/// </summary>
internal sealed partial class CallPipelines
{
    private readonly CallPolicies _policies;
    private readonly TrafficPause _pause;
    private readonly IRateLimiter _limiter;
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ClientTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Dictionary<OperationClass, ResiliencePipeline<HttpResponseMessage>> _pipelines;

    public CallPipelines(
        CallPolicies policies,
        TrafficPause pause,
        IRateLimiter limiter,
        IOptions<CardTraderClientOptions> options,
        IOptions<TelemetryOptions> pipelineTelemetry,
        TimeProvider timeProvider,
        ClientTelemetry telemetry,
        ILoggerFactory loggers)
    {
        (_policies, _pause, _limiter, _options) = (policies, pause, limiter, options.Value.Resilience);
        (_timeProvider, _telemetry, _logger) = (timeProvider, telemetry, loggers.CreateLogger<CallPipelines>());

        // What pipelines report at Information and Warning, with every call, the client says itself where it matters.
        var quiet = new TelemetryOptions(pipelineTelemetry.Value)
        {
            LoggerFactory = loggers,
            SeverityProvider = static _ => ResilienceEventSeverity.Debug,
        };

        // A circuit keeps the time of day at which it closes again, and of the failures it counts.
        var steadyTime = new SteadyTime(timeProvider);
        _pipelines = Enum.GetValues<OperationClass>().ToDictionary(
            operationClass => operationClass, operationClass => Build(operationClass, quiet, steadyTime));
    }

    /// <summary>Gives the name by which a host finds the pipeline of a class, for example <c>BrxSync.Client.Read</c>.</summary>
    private static string NameOf(OperationClass operationClass) => $"{EndpointFactory.HttpClientName}.{operationClass}";

    /// <summary>
    /// Registers the pipelines, and shows them to the host under their names. They are not the registry's: when a host ends, that waits for
    /// the calls under way, half a minute by the host's clock, which in a test may stand still.
    /// </summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<CallPipelines>();
        foreach (var operationClass in Enum.GetValues<OperationClass>())
        {
            services.AddResiliencePipeline<string, HttpResponseMessage>(
                NameOf(operationClass),
                (builder, context) => builder.AddPipeline(context.ServiceProvider.GetRequiredService<CallPipelines>().For(operationClass)));
        }
    }

    public ResiliencePipeline<HttpResponseMessage> For(OperationClass operationClass) => _pipelines[operationClass];

    private ResiliencePipeline<HttpResponseMessage> Build(
        OperationClass operationClass, TelemetryOptions telemetryOptions, TimeProvider steadyTime)
    {
        var policy = _policies.For(operationClass);
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = NameOf(operationClass), TimeProvider = steadyTime };
        pipeline.ConfigureTelemetry(telemetryOptions);
        if (_options.Throttling.MaxRetries > 0)
        {
            pipeline.AddRetry(ThrottledRetry());
        }

        if (policy.Options.MaxRetries > 0)
        {
            pipeline.AddRetry(FailedRetry(operationClass, policy.Options.MaxRetries));
        }

        pipeline.AddCircuitBreaker(Breaker(operationClass, policy));
        AttemptStrategy.AddTo(pipeline, _limiter, _pause, _telemetry);
        pipeline.AddRateLimiter(new RateLimiterStrategyOptions
        {
            RateLimiter = arguments => policy.TakePlaceAsync(CallContext.Of(arguments.Context), arguments.Context.CancellationToken),
        });
        pipeline.AddTimeout(policy.Options.AttemptTimeout);
        return pipeline.Build();
    }

    private RetryStrategyOptions<HttpResponseMessage> ThrottledRetry() => new()
    {
        MaxRetryAttempts = _options.Throttling.MaxRetries,
        ShouldHandle = arguments =>
        {
            var call = CallContext.Of(arguments.Context);
            return ValueTask.FromResult(
                AttemptJudge.Judge(arguments.Outcome) == AttemptVerdict.Throttled
                && call.ThrottledFor + call.RetryAfter <= _options.Throttling.MaxTotalWait);
        },
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(CallContext.Of(arguments.Context).RetryAfter),
        OnRetry = arguments =>
        {
            var call = CallContext.Of(arguments.Context);
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
            NoteRetry(CallContext.Of(arguments.Context), AttemptJudge.Describe(arguments.Outcome), arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    private CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(OperationClass operationClass, CallPolicy policy) => new()
    {
        FailureRatio = _options.CircuitBreaker.FailureRatio,
        MinimumThroughput = _options.CircuitBreaker.MinimumThroughput,
        SamplingDuration = _options.CircuitBreaker.SamplingDuration,
        BreakDuration = _options.CircuitBreaker.BreakDuration,
        StateProvider = policy.Circuit,
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
