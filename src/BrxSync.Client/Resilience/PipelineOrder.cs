using BrxSync.Client.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace BrxSync.Client.Resilience;

/// <summary>
/// Puts the handlers of the client around those of the host: outermost those that make a call of a request and decide about its attempts,
/// innermost the one that lets each attempt out once.
/// </summary>
internal sealed class PipelineOrder : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == EndpointFactory.HttpClientName)
        {
            var options = builder.Services.GetRequiredService<IOptions<CardTraderClientOptions>>().Value;
            DelegatingHandler[] ours =
            [
                builder.Services.GetRequiredService<CallHandler>(),
                builder.Services.GetRequiredService<PolicyHandler>(),
                Pipelines(builder.Services),
                builder.Services.GetRequiredService<AttemptHandler>(),
            ];
            for (var i = 0; i < ours.Length; i++)
            {
                builder.AdditionalHandlers.Insert(i, ours[i]);
            }

            builder.PrimaryHandler = WithGate(builder.PrimaryHandler, options.Address);
        }
    };

    private static ResilienceHandler Pipelines(IServiceProvider services)
    {
        var pipelines = services.GetRequiredService<CallPipelines>();
        return new ResilienceHandler(request => request.Options.TryGetValue(CallContext.Key, out var call)
            ? pipelines.For(call.Call.Class)
            : ResiliencePipeline<HttpResponseMessage>.Empty);
    }

    // A host may have put handlers of its own into the primary one: the gate belongs behind them.
    private static HttpMessageHandler WithGate(HttpMessageHandler primary, Uri marketplace)
    {
        DelegatingHandler? last = null;
        var network = primary;
        while (network is DelegatingHandler { InnerHandler: { } inner } handler)
        {
            if (handler is GateHandler)
            {
                // Another client in the process was given the same handlers.
                return primary;
            }

            (last, network) = (handler, inner);
        }

        if (last is null)
        {
            return new GateHandler(primary, marketplace);
        }

        try
        {
            last.InnerHandler = new GateHandler(network, marketplace);
            return primary;
        }
        catch (InvalidOperationException)
        {
            // In use elsewhere already, so that it can no longer be changed.
            return new GateHandler(primary, marketplace);
        }
    }
}
