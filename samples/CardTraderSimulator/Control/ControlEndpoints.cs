using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Limits;

namespace BrxSync.Simulator.Control;

/// <summary>
/// The control interface under <c>/_control</c>: the truth about the marketplace, and levers to move it. It needs no token.
/// </summary>
internal static class ControlEndpoints
{
    private const string Root = "/_control";

    public static void Map(IEndpointRouteBuilder routes, Marketplace marketplace)
    {
        var control = new ControlRoutes(routes, Root);
        SellerControl.Map(control, marketplace);
        OrderControl.Map(control, marketplace);
        WebhookControl.Map(control, marketplace);
        control.Get("", _ => Overview(marketplace));
        control.Get("/calls", call => Calls(marketplace, call));
        control.Delete("/calls", _ =>
        {
            marketplace.Calls.Clear();
            return null;
        });
        control.Get("/clock", _ => Clock(marketplace));
        control.Post("/clock", call => MoveClock(marketplace, call));
        control.Get("/faults", _ => Faults(marketplace));
        control.Post("/faults", call =>
        {
            foreach (var rule in FaultFile.Read(call.Body))
            {
                marketplace.Faults.Add(rule);
            }

            return Faults(marketplace);
        });
        control.Delete("/faults", _ =>
        {
            marketplace.Faults.Clear();
            return null;
        });
        control.Put("/limiter", call => SetLimiter(marketplace, call));
        control.Put("/jobs", call => SetJobs(marketplace, call));
        control.Get("/invariants", _ =>
        {
            var wrong = StockAudit.Check(marketplace);
            return new { ok = wrong.Count == 0, violations = wrong };
        });
        control.Post("/reset", _ =>
        {
            marketplace.Reset();
            return null;
        });
    }

    private static object Overview(Marketplace marketplace) => new
    {
        clock = Clock(marketplace),
        sellers = marketplace.Sellers.Select(SellerControl.Describe),
        calls = marketplace.Calls.Count,
        webhooks_queued = marketplace.Webhooks.Queued().Count,
        limiter = marketplace.Limits.Model,
        network_latency_ms = marketplace.NetworkLatency.TotalMilliseconds,
        faults = marketplace.Faults.Rules.Count,
    };

    private static object Calls(Marketplace marketplace, ControlCall call)
    {
        var seller = call.Query("seller");
        var after = call.QueryNumber("after") ?? 0;
        var limit = (int)Math.Clamp(call.QueryNumber("limit") ?? 1_000, 1, 100_000);
        return marketplace.Calls.All().Where(record => record.Number > after && (seller is null || record.Seller == seller)).Take(limit);
    }

    private static object Clock(Marketplace marketplace) => new
    {
        now = marketplace.Clock.Now,
        true_now = marketplace.Clock.True,
        skew_seconds = marketplace.Clock.Skew.TotalSeconds,
    };

    private static object MoveClock(Marketplace marketplace, ControlCall call)
    {
        if (call.Fraction("skew_seconds") is { } skew)
        {
            marketplace.Clock.Skew = TimeSpan.FromSeconds(skew);
        }

        if (call.Fraction("advance_seconds") is { } advance)
        {
            marketplace.Clock.Advance(TimeSpan.FromSeconds(advance));
        }

        return Clock(marketplace);
    }

    private static object Faults(Marketplace marketplace) => marketplace.Faults.Rules.Select(entry => new
    {
        entry.Rule.Endpoint,
        entry.Rule.Seller,
        entry.Rule.Action,
        entry.Struck,
    });

    private static object? SetLimiter(Marketplace marketplace, ControlCall call)
    {
        marketplace.Limits.Model = call.Choice("model", LimiterModel.None);
        if (call.Fraction("network_latency_ms") is { } latency)
        {
            marketplace.NetworkLatency = TimeSpan.FromMilliseconds(Math.Max(0, latency));
        }

        return null;
    }

    private static object? SetJobs(Marketplace marketplace, ControlCall call)
    {
        var behavior = marketplace.Jobs.Behavior;
        behavior.StartDelay = call.Fraction("start_delay_ms") is { } start ? TimeSpan.FromMilliseconds(start) : behavior.StartDelay;
        behavior.ElementDuration = call.Fraction("element_ms") is { } element
            ? TimeSpan.FromMilliseconds(element)
            : behavior.ElementDuration;
        behavior.ShowPartialResults = call.Flag("show_partial_results") ?? behavior.ShowPartialResults;
        behavior.UnorderedResults = call.Flag("unordered_results") ?? behavior.UnorderedResults;
        behavior.MaxElements = (int)(call.Number("max_elements") ?? behavior.MaxElements);
        behavior.FailNext = (int)(call.Number("fail_next") ?? behavior.FailNext);
        return null;
    }
}
