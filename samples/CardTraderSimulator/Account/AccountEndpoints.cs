using System.Text.Json;
using CardTraderSimulator.Http;

namespace CardTraderSimulator.Account;

/// <summary><c>/info</c>: the account behind a token.</summary>
internal static class AccountEndpoints
{
    public static void Map(ApiRoutes routes) => routes.Get("/info", call => call.AnswerAsync(json => WriteInfo(json, call.Seller)));

    public static void WriteInfo(Utf8JsonWriter json, SimulatedSeller seller)
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
