using BrxSync.Simulator.Faults;

namespace BrxSync.Simulator.Http;

/// <summary>What happens to every call around its endpoint: way through the network, clock, token, limits, faults, list of calls.</summary>
internal sealed class MarketplacePipeline(Marketplace marketplace, RequestDelegate next)
{
    public const string Root = "/api/v2";

    private readonly FaultStage faults = new(marketplace);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var path))
        {
            context.Response.Headers.Date = marketplace.Clock.DateHeader();
            await next(context).ConfigureAwait(false);
            return;
        }

        await TravelAsync(context).ConfigureAwait(false);
        marketplace.Scheduler.RunDue();
        context.Response.Headers.Date = marketplace.Clock.DateHeader();
        var arrived = marketplace.Clock.Now;
        var seller = FindSeller(context.Request);
        var call = seller is null ? null : new ApiCall(context, marketplace, seller);
        var (fault, breaksOff) = ((string?)null, false);
        try
        {
            (fault, breaksOff) = seller is not null && marketplace.Limits.Refuse(seller, path) is { } refusal
                ? await RefuseAsync(context, refusal).ConfigureAwait(false)
                : await faults.RunAsync(context, path, seller?.Name, call, () => RunAsync(context, call)).ConfigureAwait(false);
        }
        finally
        {
            var status = breaksOff || context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            marketplace.Calls.Add(
                arrived, seller?.Name, context.Request.Method, path.Value + context.Request.QueryString.Value, status, call?.Effect, fault);
        }

        if (breaksOff)
        {
            context.Abort();
        }
    }

    private static async Task<(string? Fault, bool BreaksOff)> RefuseAsync(HttpContext context, string refusal)
    {
        await ErrorAnswer.TooManyAsync(context, refusal).ConfigureAwait(false);
        return (null, false);
    }

    private async Task RunAsync(HttpContext context, ApiCall? call)
    {
        if (call is null)
        {
            await ErrorAnswer.UnauthorizedAsync(context).ConfigureAwait(false);
        }
        else if (call.Seller.AppDisabled)
        {
            await ErrorAnswer.DisabledAsync(context).ConfigureAwait(false);
        }
        else
        {
            context.Features.Set(call);
            await next(context).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the call be on its way, and its answer as long on the way back.</summary>
    private async Task TravelAsync(HttpContext context)
    {
        if (marketplace.NetworkLatency > TimeSpan.Zero)
        {
            await Task.Delay(marketplace.NetworkLatency, marketplace.Clock.Provider, context.RequestAborted).ConfigureAwait(false);
            context.Response.OnStarting(() => Task.Delay(marketplace.NetworkLatency, marketplace.Clock.Provider, context.RequestAborted));
        }
    }

    private SimulatedSeller? FindSeller(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? marketplace.FindByToken(header[scheme.Length..]) : null;
    }
}
