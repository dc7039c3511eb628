using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Brings the changes of an account to CardTrader, one process at a time.</summary>
internal sealed partial class PushService(
    IChangeStore store,
    AccountAccess accounts,
    PushSteps steps,
    DoubtResolution doubts,
    PushSettings settings,
    ILogger<PushService> logger) : IPush
{
    public async Task<PushResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var account = await accounts.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false);
        if (await PushTurn.TryTakeAsync(store, accountId, settings, cancellationToken).ConfigureAwait(false) is not { } turn)
        {
            return new PushResult { IsBusy = true };
        }

        try
        {
            var result = await accounts.CallAsync(
                accountId,
                (remote, token) => new PushRun(account, remote, turn, store, steps, settings).RunAsync(token),
                cancellationToken,
                RateLimitPriority.High).ConfigureAwait(false);
            result = await doubts.RunAsync(account, turn, result, cancellationToken).ConfigureAwait(false);
            if (result.Calls > 0)
            {
                Log.Pushed(logger, accountId, result.Sent, result.Done, result.Failed, result.Calls);
            }

            return result;
        }
        finally
        {
            await turn.EndAsync().ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ChangesPushed,
            LogLevel.Information,
            "Account {AccountId}: {Sent} changes sent, {Done} done, {Failed} failed, by {Calls} calls")]
        public static partial void Pushed(ILogger logger, AccountId accountId, int sent, int done, int failed, int calls);
    }
}
