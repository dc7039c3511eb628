using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Account;

internal sealed class AccountApi(AccountSender sender) : IAccountApi
{
    public Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken = default) =>
        sender.SendAsync(ApiCall.Get("/info", "info"), CardTraderJsonContext.Default.AppInfo, cancellationToken);
}
