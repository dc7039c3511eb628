using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Faults;

/// <summary>Does the faults that were planned to a call.</summary>
internal sealed class FaultStage(Marketplace marketplace)
{
    private const string Maintenance =
        "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>We will be back soon.</p></body></html>";
    private const string BotCheck =
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking your browser before you go on.</p></body></html>";

    /// <summary>
    /// Runs a call with the faults that strike it. Returns what was done to it, for the list of calls, and whether its connection is to be
    /// broken: whoever sees it broken must find the call in the list.
    /// </summary>
    public async Task<(string? Fault, bool BreaksOff)> RunAsync(
        HttpContext context, PathString path, string? seller, ApiCall? call, Func<Task> run)
    {
        var struck = marketplace.Faults.Strike(context.Request.Method, path, seller);
        if (struck.Count == 0)
        {
            await run().ConfigureAwait(false);
            return (null, false);
        }

        foreach (var rule in struck)
        {
            if (await PrepareAsync(context, call, rule).ConfigureAwait(false))
            {
                return (rule.Action.ToString(), rule.Action == FaultAction.Reset);
            }
        }

        var cut = struck.FirstOrDefault(rule => rule.Action is FaultAction.CutBody or FaultAction.ShortBody or FaultAction.LostAnswer);
        var breaksOff = cut is not null && await RunCutAsync(context, cut, run).ConfigureAwait(false);
        if (cut is null)
        {
            await run().ConfigureAwait(false);
        }

        return (string.Join(", ", struck.Select(rule => rule.Action)), breaksOff);
    }

    /// <summary>Does what comes before the call's effect. Returns whether the call ends here.</summary>
    private async Task<bool> PrepareAsync(HttpContext context, ApiCall? call, FaultRule rule)
    {
        if (rule.RetryAfter is { } wait)
        {
            context.Response.Headers["Retry-After"] = wait;
        }

        switch (rule.Action)
        {
            case FaultAction.Latency:
                await Task.Delay(rule.Latency, marketplace.Clock.Provider, context.RequestAborted).ConfigureAwait(false);
                return false;
            case FaultAction.Status:
                await AnswerAsync(context, rule.Status).ConfigureAwait(false);
                return true;
            case FaultAction.Html:
                context.Response.StatusCode = rule.Status;
                context.Response.ContentType = "text/html; charset=utf-8";
                var page = rule.Status == StatusCodes.Status403Forbidden ? BotCheck : Maintenance;
                await context.Response.WriteAsync(page).ConfigureAwait(false);
                return true;
            case FaultAction.Reset:
                return true;
            case FaultAction.StaleExport when call is not null:
                call.ExportFrom = call.Seller.Stock.Snapshot();
                await Task.Delay(rule.Latency, marketplace.Clock.Provider, context.RequestAborted).ConfigureAwait(false);
                return false;
            case FaultAction.UnreadableRows when call is not null:
                call.Rows = call.Rows with { SpoilEvery = rule.Every };
                return false;
            case FaultAction.PartialExport when call is not null:
                call.Rows = call.Rows with { Rows = rule.Rows };
                return false;
            default:
                return false;
        }
    }

    /// <summary>Lets a part of the answer through. Returns whether the connection breaks then.</summary>
    private static async Task<bool> RunCutAsync(HttpContext context, FaultRule rule, Func<Task> run)
    {
        var original = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()!;
        var limit = rule.Action == FaultAction.LostAnswer ? 0 : rule.AtByte;
        using var body = new CutStream(original.Stream, limit, context.Response);
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        await run().ConfigureAwait(false);
        await context.Response.BodyWriter.FlushAsync().ConfigureAwait(false);
        context.Features.Set(original);
        if (rule.Action == FaultAction.ShortBody)
        {
            body.Forget();
            return false;
        }

        // What was let through must be on the wire before the connection breaks.
        if (body.Passed > 0)
        {
            await original.Stream.FlushAsync().ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System).ConfigureAwait(false);
        }

        return true;
    }

    private static Task AnswerAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => ErrorAnswer.TooManyAsync(context, "Too many requests: max 200 requests per 10 seconds"),
        StatusCodes.Status401Unauthorized => ErrorAnswer.UnauthorizedAsync(context),
        StatusCodes.Status403Forbidden => ErrorAnswer.DisabledAsync(context),
        StatusCodes.Status404NotFound => ErrorAnswer.NotFoundAsync(context, "Not found"),
        StatusCodes.Status503ServiceUnavailable => ErrorAnswer.WriteAsync(context, status, "service_unavailable", "queue full"),
        _ => ErrorAnswer.WriteAsync(context, status, "internal_error", "Something went wrong"),
    };
}
