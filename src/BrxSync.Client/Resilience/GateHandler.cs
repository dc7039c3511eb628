using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Resilience;

/// <summary>
/// The last handler before the network: of each attempt one request passes, however often the handlers around it send it.
/// </summary>
internal sealed class GateHandler(HttpMessageHandler network, Uri marketplace) : DelegatingHandler(network)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(CallContext.Key, out var call))
        {
            return call.Gate is { } gate
                ? gate.PassAsync(token => call.MaySend is { } maySend
                    ? SendIfAllowedAsync(request, call, maySend, token)
                    : ReceiveAsync(request, token))
                : throw new RepeatRefusedException();
        }

        // A handler may call others on its own, but a copy of a call that lost its context could be any call's repetition.
        return marketplace.IsBaseOf(request.RequestUri!)
            ? throw new InvalidOperationException(
                "A handler of the host sent a copy of a CardTrader request. Send the request itself, or copy its Options too.")
            : base.SendAsync(request, cancellationToken);
    }

    // Between the question and the bytes there is nothing left to wait for: the connection stands when the body is asked for.
    private async Task<HttpResponseMessage> SendIfAllowedAsync(
        HttpRequestMessage request, CallContext call, Func<bool> maySend, CancellationToken cancellationToken)
    {
        var own = request.Content;
        var guarded = own is null ? null : new GuardedContent(own, maySend);
        if (!maySend())
        {
            throw HeldBack(call);
        }

        request.Content = guarded;
        try
        {
            return await ReceiveAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (guarded is { IsHeldBack: true })
        {
            throw HeldBack(call);
        }
        finally
        {
            request.Content = own;
        }
    }

    private static CardTraderException HeldBack(CallContext call)
    {
        call.Slot!.Outcome = RateLimitOutcome.NotSent;
        return call.Errors.NoLongerAllowed(call.MayHaveBeenExecuted);
    }

    // What an unsuccessful answer says is received here, where no handler has disposed it yet.
    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            try
            {
                response.Content = await ReceivedContent.ReceiveErrorAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        return response;
    }
}
