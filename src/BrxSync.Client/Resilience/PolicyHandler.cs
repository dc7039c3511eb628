using BrxSync.Client.Http;
using Polly;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Gives a call its time, which stands still while it waits for a slot of the rate limiter, and lets the pipeline of its class send it
/// until an answer stands.
/// </summary>
internal sealed class PolicyHandler(CallPolicies policies, TimeProvider timeProvider) : DelegatingHandler
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

        var total = policies.For(call.Call.Class).Options.TotalTimeout;
        using var budget = new CallBudget(total, timeProvider, cancellationToken);
        call.Budget = budget;
        var context = ResilienceContextPool.Shared.Get(call.Call.Name, continueOnCapturedContext: false, budget.Token);
        context.Properties.Set(CallContext.PipelineKey, call);
        request.SetResilienceContext(context);
        try
        {
            return await base.SendAsync(request, budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (budget.IsSpent && !cancellationToken.IsCancellationRequested)
        {
            throw call.Errors.TimedOut(total, exception, call.MayHaveBeenExecuted);
        }
        catch (BrokenCircuitException exception)
        {
            throw call.Errors.CircuitOpen(exception, call.MayHaveBeenExecuted);
        }
        finally
        {
            request.SetResilienceContext(null);
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
