using System.Text.Json;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Account;

/// <summary><c>/info</c>: the account behind a token; <c>/app</c>, undocumented: where its webhooks go.</summary>
internal static class AccountEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/info", call => call.AnswerAsync(json => WriteInfo(json, call.Seller)));
        routes.Patch("/app", ChangeAppAsync);
    }

    private static async Task ChangeAppAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (RequestBody.Text(body, "webhook_url") is not { } url)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "webhook_url").ConfigureAwait(false);
            return;
        }

        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")))
        {
            await ErrorAnswer.InvalidAsync(call.Context, ("webhook_url", "is not an address")).ConfigureAwait(false);
            return;
        }

        call.Seller.WebhookUrl = url.Length == 0 ? null : new Uri(url);
        call.Effect = "webhook url: " + url;
        await call.AnswerAsync(json => WriteInfo(json, call.Seller)).ConfigureAwait(false);
    }

    private static void WriteInfo(Utf8JsonWriter json, SimulatedSeller seller)
    {
        json.WriteStartObject();
        json.WriteNumber("id", seller.AppId);
        json.WriteString("name", seller.Name + " app");
        json.WriteString("shared_secret", seller.SharedSecret);
        json.WriteNumber("user_id", seller.UserId);
        if (seller.WebhookUrl is { } url)
        {
            json.WriteString("webhook_url", url.AbsoluteUri);
        }

        json.WriteEndObject();
    }
}
