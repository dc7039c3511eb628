namespace CardTraderSimulator.Http;

/// <summary>What happens to every call before its endpoint: clock, token, list of calls.</summary>
internal sealed class MarketplacePipeline(Marketplace marketplace, RequestDelegate next)
{
    public const string Root = "/api/v2";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.Date = marketplace.Clock.DateHeader();
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var path))
        {
            await next(context);
            return;
        }

        var arrived = marketplace.Clock.Now;
        var seller = FindSeller(context.Request);
        ApiCall? call = null;
        try
        {
            if (seller is null)
            {
                await ErrorAnswer.UnauthorizedAsync(context);
            }
            else if (seller.AppDisabled)
            {
                await ErrorAnswer.DisabledAsync(context);
            }
            else
            {
                call = new ApiCall(context, marketplace, seller);
                context.Features.Set(call);
                await next(context);
            }
        }
        finally
        {
            var status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            marketplace.Calls.Add(
                arrived, seller?.Name, context.Request.Method, path.Value + context.Request.QueryString.Value, status, call?.Effect, null);
        }
    }

    private SimulatedSeller? FindSeller(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? marketplace.FindByToken(header[scheme.Length..]) : null;
    }
}
