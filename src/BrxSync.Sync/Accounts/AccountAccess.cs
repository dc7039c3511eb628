using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Accounts;

/// <summary>
/// Makes calls to CardTrader for accounts that are connected, not suspended and not stopped; and stops those whose token is refused.
/// </summary>
internal sealed partial class AccountAccess(
    IAccountStore store, AccountSecrets secrets, ICardTraderClient client, LiveRuns runs, ILogger<AccountAccess> logger)
{
    /// <summary>What an account is told whose token CardTrader refuses.</summary>
    public const string TokenRefused =
        "CardTrader refuses the token: make a new one on the settings page and connect the account again.";

    /// <summary>Gets a connected account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="AccountNotConnectedException">The account has no token.</exception>
    public async Task<AccountRecord> GetConnectedAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await store.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountUnknownException(id);
        return account.IsConnected
            ? account
            : throw new AccountNotConnectedException($"Account {id} has no CardTrader token: connect it again.");
    }

    /// <summary>
    /// Gets an account that calls may be made for: ask before each piece of work, since another process may have ended that.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="AccountNotConnectedException">The account has no token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the token.</exception>
    public async Task<AccountRecord> GetActiveAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await GetConnectedAsync(id, cancellationToken).ConfigureAwait(false);
        return account switch
        {
            { SuspendedAt: not null } => throw new AccountSuspendedException($"Account {id} is suspended: resume it, or start a sync."),
            { StoppedAt: not null } => throw new AccountStoppedException(account.StopReason ?? TokenRefused),
            _ => account,
        };
    }

    /// <summary>
    /// Makes calls for an account if it is active, and stops it when CardTrader refuses its token, and does so again when asked:
    /// from then on every process gets <see cref="AccountStoppedException"/> here before a call is made, until the token changes. A
    /// page of a proxy stops nothing.
    /// </summary>
    /// <exception cref="CardTraderAuthenticationException">CardTrader refused the token; the account is stopped now.</exception>
    /// <exception cref="CardTraderException">A call failed, also by a refusal that was not confirmed; nothing is stopped.</exception>
    public async Task<T> CallAsync<T>(
        AccountId id,
        Func<ICardTraderAccount, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken,
        RateLimitPriority priority = RateLimitPriority.Normal)
    {
        var account = await GetActiveAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            return await call(Open(account, priority), cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderAuthenticationException exception)
        {
            if (await StopUnlessStrayAsync(account, exception, cancellationToken).ConfigureAwait(false) is { } stray)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw stray;
            }

            throw;
        }
    }

    /// <summary>
    /// Stops calls for an account whose token was refused, if CardTrader refuses it again when asked by the cheapest call: only a person
    /// can lift a stop, so that one answer, whoever gave it, must not be enough.
    /// </summary>
    /// <returns>Null when the account is stopped; otherwise the refusal as a failure that passes, to be reported instead.</returns>
    public async Task<CardTraderException?> StopUnlessStrayAsync(
        AccountRecord account, CardTraderAuthenticationException refusal, CancellationToken cancellationToken)
    {
        string why;
        try
        {
            await Open(account, RateLimitPriority.High).Account.GetInfoAsync(cancellationToken).ConfigureAwait(false);
            why = "Asked again, CardTrader says that the token works";
        }
        catch (CardTraderAuthenticationException)
        {
            // Stored even when the caller was cancelled meanwhile.
            if (await store.StopAsync(account, TokenRefused, CancellationToken.None).ConfigureAwait(false))
            {
                Log.AccountStopped(logger, account.Id, refusal.Message);
            }

            return null;
        }
        catch (Exception exception) when (exception is CardTraderException or OperationCanceledException)
        {
            why = "CardTrader could not be asked whether the token works";
        }

        Log.RefusalNotConfirmed(logger, account.Id, refusal.Operation, why);
        return new CardTraderException(
            $"{refusal.Operation} was refused ({refusal.ErrorCode}). {why}, so that the account goes on. Try again later.",
            refusal.Details with { IsTransient = true },
            refusal);
    }

    /// <summary>Enters a run that ends with its account's connection.</summary>
    public LiveRun Enter(AccountId id, CancellationToken cancellationToken) => runs.Enter(id, cancellationToken);

    /// <summary>Opens CardTrader for a connected account. Prefer <see cref="CallAsync"/>, which minds stops.</summary>
    public ICardTraderAccount Open(AccountRecord account, RateLimitPriority priority = RateLimitPriority.Normal) =>
        client.ForToken(Token(account), priority);

    /// <summary>Tells an account's token apart from others without revealing it.</summary>
    public string Fingerprint(AccountRecord account) => Token(account).Fingerprint;

    private CardTraderToken Token(AccountRecord account) => new(secrets.FindToken(account)!);

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.AccountStopped, LogLevel.Error, "Calls for account {AccountId} are stopped until its token changes: {Reason}")]
        public static partial void AccountStopped(ILogger logger, AccountId accountId, string reason);

        [LoggerMessage(
            EventIds.RefusalNotConfirmed,
            LogLevel.Warning,
            "CardTrader refused {Operation} for account {AccountId}, which goes on: {Reason}")]
        public static partial void RefusalNotConfirmed(ILogger logger, AccountId accountId, string operation, string reason);
    }
}
