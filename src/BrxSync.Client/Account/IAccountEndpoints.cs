using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Account;

/// <summary>The endpoints about the account itself.</summary>
internal interface IAccountEndpoints : IEndpoints
{
    const string AppRoute = "/app";

    [Get("/info")]
    Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken);

    [Patch(AppRoute)]
    Task ChangeAppAsync([Body] WebhookUrlBody address, CancellationToken cancellationToken);
}
