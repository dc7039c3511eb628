using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Account;

/// <summary>Where webhooks go from now on, if anywhere.</summary>
internal sealed class WebhookUrlBody(Uri? address) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => writer.WriteString("webhook_url", address?.AbsoluteUri ?? string.Empty);
}
