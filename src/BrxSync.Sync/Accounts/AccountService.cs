using System.Runtime.CompilerServices;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Accounts;

/// <summary>The life of accounts, in the store and in the runs of this process.</summary>
internal sealed partial class AccountService(
    IAccountStore store,
    AccountPurge purge,
    AccountSecrets secrets,
    ICardTraderClient client,
    AccountSignals signals,
    ILogger<AccountService> logger) : IAccounts
{
    private const int LongestActor = 200;

    public async Task<Account> ConnectAsync(AccountId id, string token, CancellationToken cancellationToken = default)
    {
        var credential = new CardTraderToken(token);
        var info = await client.ForToken(credential).Account.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        var former = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var account = await store.SaveConnectionAsync(
            new AccountConnection
            {
                Id = id,
                TokenCiphertext = secrets.Protect(credential.Reveal()),
                WebhookSecretCiphertext = info.SharedSecret is { } secret ? secrets.Protect(secret) : null,
                CardTraderUserId = info.UserId,
                CardTraderAppId = info.Id,
                CardTraderAppName = info.Name,
            },
            cancellationToken).ConfigureAwait(false);
        Log.AccountConnected(logger, id, credential.Fingerprint);
        if (former?.CardTraderUserId is { } seller && seller != account.CardTraderUserId)
        {
            signals.CancelRuns(id);
            Log.SellerChanged(logger, id);
        }

        return account.ToAccount();
    }

    public async Task<Account> SuspendAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await store.SuspendAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new AccountUnknownException(id);
        signals.CancelRuns(id);
        Log.AccountSuspended(logger, id);
        return account.ToAccount();
    }

    public async Task<Account> SetWritesEnabledAsync(AccountId id, bool enabled, CancellationToken cancellationToken = default)
    {
        var account = await store.SetWritesEnabledAsync(id, enabled, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountUnknownException(id);
        Log.WritesSwitched(logger, id, enabled);
        if (enabled)
        {
            signals.Push(id);
        }

        return account.ToAccount();
    }

    public async Task<Account> SetSafetyStockAsync(
        AccountId id, SafetyStock safetyStock, string? actor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(safetyStock);
        if (!safetyStock.IsValid)
        {
            throw new ArgumentOutOfRangeException(nameof(safetyStock), safetyStock, SafetyStock.Ranges);
        }

        if (actor?.Length > LongestActor)
        {
            throw new ArgumentException($"The actor has {actor.Length} characters; at most {LongestActor} are allowed.", nameof(actor));
        }

        var account = await store.SetSafetyStockAsync(id, safetyStock, actor, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountUnknownException(id);
        Log.SafetyStockSet(logger, id, safetyStock.Copies, safetyStock.Percent);
        signals.Push(id);
        return account.ToAccount();
    }

    public async Task<Account> ResumeAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await store.ResumeAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new AccountUnknownException(id);
        Log.AccountResumed(logger, id);
        signals.Push(id);
        return account.ToAccount();
    }

    public async Task<Account> RemoveAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await store.RemoveAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new AccountUnknownException(id);
        signals.CancelRuns(id);
        Log.AccountRemoved(logger, id);
        return account.ToAccount();
    }

    public Task<long> PurgeAsync(
        AccountId id, IProgress<AccountPurgeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        purge.RunAsync(id, progress, cancellationToken);

    public async Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken = default) =>
        (await store.FindAsync(id, cancellationToken).ConfigureAwait(false))?.ToAccount();

    public async IAsyncEnumerable<Account> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var account in store.StreamAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return account.ToAccount();
        }
    }

    public async Task<int> ReencryptAsync(CancellationToken cancellationToken = default)
    {
        var changed = 0;
        await foreach (var account in store.StreamAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!secrets.IsReencryptionDue(account))
            {
                continue;
            }

            var replaced = await store.ReplaceSecretsAsync(
                account,
                secrets.FindToken(account) is { } token ? secrets.Protect(token) : null,
                secrets.FindWebhookSecret(account) is { } secret ? secrets.Protect(secret) : null,
                cancellationToken).ConfigureAwait(false);
            changed += replaced ? 1 : 0;
        }

        return changed;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AccountConnected, LogLevel.Information, "Account {AccountId} is connected with token {Fingerprint}")]
        public static partial void AccountConnected(ILogger logger, AccountId accountId, string fingerprint);

        [LoggerMessage(
            EventIds.SellerChanged,
            LogLevel.Warning,
            "Account {AccountId} is linked to another seller than before; its runs are cancelled")]
        public static partial void SellerChanged(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.AccountSuspended, LogLevel.Information, "Account {AccountId} is suspended")]
        public static partial void AccountSuspended(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.WritesSwitched, LogLevel.Information, "Changes of account {AccountId} are sent: {Enabled}")]
        public static partial void WritesSwitched(ILogger logger, AccountId accountId, bool enabled);

        [LoggerMessage(
            EventIds.SafetyStockSet,
            LogLevel.Information,
            "Account {AccountId} holds back {Copies} copies or {Percent} % of each item, whichever is more")]
        public static partial void SafetyStockSet(ILogger logger, AccountId accountId, int copies, int percent);

        [LoggerMessage(EventIds.AccountResumed, LogLevel.Information, "Account {AccountId} is resumed")]
        public static partial void AccountResumed(ILogger logger, AccountId accountId);

        [LoggerMessage(
            EventIds.AccountRemoved, LogLevel.Information, "Account {AccountId} is removed: its secrets are erased, its stock stays")]
        public static partial void AccountRemoved(ILogger logger, AccountId accountId);
    }
}
