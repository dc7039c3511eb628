using System.Net;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.Resilience;

/// <summary>Sends one attempt of a call and receives its answer, with the body as far as its caller does not read that himself.</summary>
internal sealed class AttemptHandler(IOptions<CardTraderClientOptions> options, TimeProvider timeProvider, ClientTelemetry telemetry)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(CallContext.Key, out var call))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        call.Attempts++;
        call.SentAt = timeProvider.GetUtcNow();
        call.SentTimestamp = timeProvider.GetTimestamp();
        var slot = call.Slot!;
        slot.Use();
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
        var bucket = Refusal.BucketOf(content.Received.Span);
        slot.Outcome = RateLimitOutcome.Refused(bucket);
        call.RetryAfter = RetryAfter.Find(response.Headers, timeProvider.GetUtcNow(), options.Value.Resilience.Throttling.MaxRetryAfter)
            ?? Refusal.WaitFor(bucket);
        telemetry.Throttled(call.Call);
    }

    private static async Task<ReceivedContent> ErrorOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content as ReceivedContent
        ?? await ReceivedContent.ReceiveErrorAsync(response.Content, cancellationToken).ConfigureAwait(false);
}
