using BrxSync.Client.Errors;

namespace BrxSync.Client.Account;

internal sealed class AccountApi(IAccountEndpoints endpoints) : IAccountApi
{
    public Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken = default) => endpoints.GetInfoAsync(cancellationToken);

    public async Task<AppInfo> SetWebhookUrlAsync(Uri? address, CancellationToken cancellationToken = default)
    {
        CallErrors.ThrowIfInvalid(
            HttpMethod.Patch,
            IAccountEndpoints.AppRoute,
            address is { IsAbsoluteUri: false } ? [new CardTraderFault("webhook_url", "It must be an absolute address.")] : []);
        await endpoints.ChangeAppAsync(new WebhookUrlBody(address), cancellationToken).ConfigureAwait(false);
        return await GetInfoAsync(cancellationToken).ConfigureAwait(false);
    }
}
