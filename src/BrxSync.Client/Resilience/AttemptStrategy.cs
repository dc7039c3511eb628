using System.Diagnostics.CodeAnalysis;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Polly;

namespace BrxSync.Client.Resilience;

/// <summary>Takes a slot of the rate limiter for an attempt, while the call's own time stands still, and draws the conclusions.</summary>
internal sealed class AttemptStrategy(IRateLimiter limiter, TrafficPause pause, ClientTelemetry telemetry)
    : ResilienceStrategy<HttpResponseMessage>
{
    /// <summary>Adds it to a pipeline.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The options of this strategy have nothing to validate.")]
    public static void AddTo(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IRateLimiter limiter, TrafficPause pause, ClientTelemetry telemetry) =>
        pipeline.AddStrategy(_ => new AttemptStrategy(limiter, pause, telemetry), new Settings());

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var call = CallContext.Of(context);
        var slot = await TakeSlotAsync(call, context.CancellationToken).ConfigureAwait(false);
        call.Slot = slot;
        try
        {
            var outcome = await callback(context, state).ConfigureAwait(false);
            if (slot.IsUsed)
            {
                Conclude(outcome, call, slot);
            }

            return outcome;
        }
        finally
        {
            await slot.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<AttemptSlot> TakeSlotAsync(CallContext call, CancellationToken cancellationToken)
    {
        if (pause.Left is { } left && left > TimeSpan.Zero)
        {
            throw call.Errors.Paused(left, call.MayHaveBeenExecuted);
        }

        call.Budget!.Pause();
        var lease = await AcquireAsync(call, cancellationToken).ConfigureAwait(false);
        call.Budget.Resume();
        telemetry.Leased(call.Call, lease);
        return lease is null ? throw call.Errors.TooManyWaiting(call.MayHaveBeenExecuted) : new AttemptSlot(limiter, lease);
    }

    private async ValueTask<RateLimitLease?> AcquireAsync(CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await limiter.AcquireAsync(new RateLimitRequest(call.LimiterKey, call.Call.Bucket, call.Priority), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ObjectDisposedException exception)
        {
            throw call.Errors.HostEnded(exception, call.MayHaveBeenExecuted);
        }
    }

    private void Conclude(Outcome<HttpResponseMessage> outcome, CallContext call, AttemptSlot slot)
    {
        var verdict = AttemptJudge.Judge(outcome);
        switch (verdict)
        {
            case AttemptVerdict.NotSent:
                slot.Outcome = RateLimitOutcome.NotSent;
                break;
            case AttemptVerdict.Blocked:
                pause.Begin();
                break;
            default:
                call.MayHaveBeenExecuted |= outcome.Exception is not null || verdict == AttemptVerdict.Failed;
                break;
        }

        if (verdict is AttemptVerdict.NotSent or AttemptVerdict.Failed)
        {
            telemetry.Failed(AttemptJudge.Describe(outcome));
        }
    }

    /// <summary>Nothing to set: only the name by which the telemetry of pipelines tells the strategy.</summary>
    private sealed class Settings : ResilienceStrategyOptions
    {
        public Settings() => Name = "RateLimit";
    }
}
