using System.Globalization;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Simulator.Control;

/// <summary>Webhooks: look at them, hold, release, repeat, lose them.</summary>
internal static class WebhookControl
{
    public static void Map(ControlRoutes routes, Marketplace marketplace)
    {
        var outbox = marketplace.Webhooks;
        routes.Get("/webhooks", call => outbox.All().Index().Where(row => call.Query("state") is not { } state
            || row.Item.State.ToString().Equals(state, StringComparison.OrdinalIgnoreCase)).Select(row => Describe(row.Index, row.Item)));
        routes.PostAsync("/webhooks/flush", async call =>
        {
            await outbox.FlushAsync((int?)call.Number("shuffle_seed")).ConfigureAwait(false);
            return null;
        });
        routes.Post("/webhooks/drop", _ => new { dropped = outbox.Drop() });
        routes.Post("/webhooks/{index:int}/repeat", call =>
        {
            var all = outbox.All();
            var index = int.Parse(call.Route("index"), CultureInfo.InvariantCulture);
            outbox.Repeat(
                index < all.Count ? all[index] : throw new KeyNotFoundException($"There is no webhook {index}."),
                call.Flag("new_id") ?? false);
            return null;
        });
        routes.Get("/webhooks/behavior", _ => outbox.Behavior);
        routes.Put("/webhooks/behavior", call => Change(outbox.Behavior, call));
    }

    private static object Describe(int index, WebhookDelivery delivery) => new
    {
        index,
        delivery.Id,
        delivery.Seller,
        delivery.Cause,
        delivery.ObjectId,
        delivery.CreatedAt,
        delivery.State,
        delivery.Attempts,
        delivery.Status,
        delivery.Signature,
        Body = System.Text.Encoding.UTF8.GetString(delivery.Body.Span),
    };

    private static WebhookBehavior Change(WebhookBehavior behavior, ControlCall call)
    {
        behavior.Delay = call.Fraction("delay_ms") is { } delay ? TimeSpan.FromMilliseconds(delay) : behavior.Delay;
        behavior.Jitter = call.Fraction("jitter_ms") is { } jitter ? TimeSpan.FromMilliseconds(jitter) : behavior.Jitter;
        behavior.RetryDelay = call.Fraction("retry_delay_ms") is { } retry ? TimeSpan.FromMilliseconds(retry) : behavior.RetryDelay;
        behavior.Duplicates = call.Fraction("duplicates") ?? behavior.Duplicates;
        behavior.DuplicatesWithNewId = call.Fraction("duplicates_with_new_id") ?? behavior.DuplicatesWithNewId;
        behavior.Loss = call.Fraction("loss") ?? behavior.Loss;
        behavior.UnknownCauses = call.Fraction("unknown_causes") ?? behavior.UnknownCauses;
        behavior.Mode = call.Text("mode") ?? behavior.Mode;
        behavior.Detail = call.Choice("detail", behavior.Detail);
        behavior.DestroyData = call.Choice("destroy_data", behavior.DestroyData);
        behavior.Attempts = (int)(call.Number("attempts") ?? behavior.Attempts);
        behavior.Hold = call.Flag("hold") ?? behavior.Hold;
        return behavior;
    }
}
