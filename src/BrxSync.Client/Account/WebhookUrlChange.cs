using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Account;

/// <summary>Sets where webhooks go, or switches them off.</summary>
internal sealed class WebhookUrlChange(Uri? address) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => writer.WriteString("webhook_url", address?.AbsoluteUri ?? string.Empty);
}
