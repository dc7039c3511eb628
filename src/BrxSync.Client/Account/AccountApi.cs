using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Account;

internal sealed class AccountApi(AccountSender sender) : IAccountApi
{
    public Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken = default) =>
        sender.ReadAsync(ApiCall.Get("/info", "info"), AppInfoReader.Read, cancellationToken);

    public async Task<AppInfo> SetWebhookUrlAsync(Uri? address, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.Patch("/app", "app");
        sender.ThrowIfInvalid(
            call, address is { IsAbsoluteUri: false } ? [new CardTraderFault("webhook_url", "It must be an absolute address.")] : []);
        await sender.SendAsync(
            call.WithObject(writer => writer.WriteString("webhook_url", address?.AbsoluteUri ?? string.Empty)), cancellationToken)
            .ConfigureAwait(false);
        return await GetInfoAsync(cancellationToken).ConfigureAwait(false);
    }
}
