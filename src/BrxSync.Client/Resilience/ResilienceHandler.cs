using System.Net;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Sends a call until an answer stands: takes a slot of the rate limiter and a place in flight for each attempt, times it, repeats what may
/// be repeated, and fails at once while CardTrader is known not to work.
/// </summary>
internal sealed class ResilienceHandler(
    CallPolicies policies,
    TrafficPause pause,
    IRateLimiter limiter,
    IOptions<CardTraderClientOptions> options,
    TimeProvider timeProvider,
    ClientTelemetry telemetry)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(CallContext.Key, out var call))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (call.Gate is not null)
        {
            throw call.Errors.Repeated(call.MayHaveBeenExecuted);
        }

        var policy = policies.For(call.Call.Class);
        using var budget = new CallBudget(policy.Options.TotalTimeout, timeProvider, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(call.Call.Name, continueOnCapturedContext: false, budget.Token);
        context.Properties.Set(CallPolicies.ContextKey, call);
        try
        {
            return await policy.Attempts.ExecuteAsync(
                static (context, state) => state.Handler.AttemptAsync(
                    state.Request, state.Call, state.Policy, state.Budget, context.CancellationToken),
                context,
                (Handler: this, Request: request, Call: call, Policy: policy, Budget: budget)).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (budget.IsSpent && !cancellationToken.IsCancellationRequested)
        {
            throw call.Errors.TimedOut(policy.Options.TotalTimeout, exception, call.MayHaveBeenExecuted);
        }
        catch (BrokenCircuitException exception)
        {
            throw call.Errors.CircuitOpen(exception, call.MayHaveBeenExecuted);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request, CallContext call, CallPolicy policy, CallBudget budget, CancellationToken cancellationToken)
    {
        if (pause.Left is { } left && left > TimeSpan.Zero)
        {
            throw call.Errors.Paused(left, call.MayHaveBeenExecuted);
        }

        budget.Pause();
        var lease = await limiter.AcquireAsync(new RateLimitRequest(call.LimiterKey, call.Call.Bucket, call.Priority), cancellationToken)
            .ConfigureAwait(false);
        budget.Resume();
        telemetry.Leased(call.Call, lease);
        if (lease is null)
        {
            throw call.Errors.TooManyWaiting(call.MayHaveBeenExecuted);
        }

        var slot = new AttemptSlot(limiter, lease);
        var places = policy.PlacesFor(call.Priority);
        try
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendOnceAsync(request, call, policy, slot, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            await slot.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, CallContext call, CallPolicy policy, AttemptSlot slot, CancellationToken cancellationToken)
    {
        call.Attempts++;
        call.SentAt = timeProvider.GetUtcNow();
        call.SentTimestamp = timeProvider.GetTimestamp();
        slot.Outcome = RateLimitOutcome.Lost;
        try
        {
            var response = await policy.AttemptTimeout.ExecuteAsync(
                static async (state, token) => await state.Handler.ReceiveAsync(state.Request, state.Call, state.Slot, token)
                    .ConfigureAwait(false),
                (Handler: this, Request: request, Call: call, Slot: slot),
                cancellationToken).ConfigureAwait(false);
            Conclude(response, call);
            return response;
        }
        catch (Exception exception)
        {
            var outcome = Outcome.FromException<HttpResponseMessage>(exception);
            var verdict = AttemptJudge.Judge(outcome);
            if (verdict == AttemptVerdict.NotSent)
            {
                slot.Outcome = RateLimitOutcome.NotSent;
            }
            else
            {
                call.MayHaveBeenExecuted = true;
            }

            if (verdict != AttemptVerdict.Final)
            {
                telemetry.Failed(AttemptJudge.Describe(outcome));
            }

            throw;
        }
    }

    private async Task<HttpResponseMessage> ReceiveAsync(
        HttpRequestMessage request, CallContext call, AttemptSlot slot, CancellationToken cancellationToken)
    {
        var response = await SendThroughHostAsync(request, call.Gate = new AttemptGate(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        call.HeadTimestamp = timeProvider.GetTimestamp();
        try
        {
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await ReadRefusalAsync(response, call, slot, cancellationToken).ConfigureAwait(false);
                return response;
            }

            slot.Outcome = RateLimitOutcome.Answered;
            await slot.CompleteAsync().ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                response.Content = await ErrorOfAsync(response, cancellationToken).ConfigureAwait(false);
            }
            else if (call.IsStreamed)
            {
                response.Content = await ReceivedContent.ReceiveHeadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                response.Content = await ReceivedContent.ReceiveAllAsync(
                    response.Content, options.Value.MaxResponseBytes, cancellationToken)
                    .ConfigureAwait(false);
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // What became of the request counts, not what a handler of the host made of a failure: it may have repeated it,
    // given up, or replaced it.
    private async Task<HttpResponseMessage> SendThroughHostAsync(
        HttpRequestMessage request, AttemptGate gate, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (RepeatRefusedException exception) when (gate.HasSucceeded)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "A handler of the host threw the answer away.", exception);
        }
        catch (Exception) when (gate.HasPassed && !gate.HasSucceeded)
        {
            return await gate.RecallAsync().ConfigureAwait(false);
        }

        if (!gate.HasFailed || gate.Gave(response))
        {
            return response;
        }

        response.Dispose();
        return await gate.RecallAsync().ConfigureAwait(false);
    }

    private async Task ReadRefusalAsync(
        HttpResponseMessage response, CallContext call, AttemptSlot slot, CancellationToken cancellationToken)
    {
        var content = await ErrorOfAsync(response, cancellationToken).ConfigureAwait(false);
        response.Content = content;
        var bucket = Refusal.BucketOf(content.Head);
        slot.Outcome = RateLimitOutcome.Refused(bucket);
        call.RetryAfter = RetryAfter.Find(response.Headers, timeProvider.GetUtcNow(), options.Value.Resilience.Throttling.MaxRetryAfter)
            ?? Refusal.WaitFor(bucket);
        telemetry.Throttled(call.Call);
    }

    private static async Task<ReceivedContent> ErrorOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content as ReceivedContent
        ?? await ReceivedContent.ReceiveErrorAsync(response.Content, cancellationToken).ConfigureAwait(false);

    private void Conclude(HttpResponseMessage response, CallContext call)
    {
        var outcome = Outcome.FromResult(response);
        switch (AttemptJudge.Judge(outcome))
        {
            case AttemptVerdict.Blocked:
                pause.Begin();
                break;
            case AttemptVerdict.Failed:
                call.MayHaveBeenExecuted = true;
                telemetry.Failed(AttemptJudge.Describe(outcome));
                break;
            default:
                break;
        }
    }
}
