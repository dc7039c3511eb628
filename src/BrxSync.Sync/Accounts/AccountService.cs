using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Accounts;

/// <summary>The life of seller accounts: connected, suspended, resumed, removed; stopped when CardTrader refuses the token. Secrets are kept encrypted.</summary>
public sealed partial class AccountService
{
    private readonly IAccountStore _store;
    private readonly ISecretProtector _protector;
    private readonly ICardTraderClient _client;
    private readonly ILogger<AccountService> _logger;
    private readonly LiveRuns _runs = new();

    /// <summary>What an account is told whose token CardTrader refuses.</summary>
    internal const string TokenRefused =
        "CardTrader refuses the token: make a new one on the settings page and connect the account again.";

    internal AccountService(IAccountStore store, ISecretProtector protector, ICardTraderClient client, ILogger<AccountService> logger)
    {
        (_store, _protector, _client, _logger) = (store, protector, client, logger);
    }

    /// <summary>
    /// Connects an account, or gives a connected one a new token. CardTrader is asked who the token belongs to; only when it answers
    /// are token, shared secret and identity stored, together. A new token of the same seller lifts a stop and changes nothing else;
    /// one of another seller cancels the account's runs, and the account is idle.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="token">The CardTrader token as copied from the website.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="ArgumentException">The token is blank or cannot be a token.</exception>
    /// <exception cref="AccountInUseException">The seller is linked to another account; nothing was stored.</exception>
    /// <exception cref="CardTraderAuthenticationException">CardTrader refuses the token; nothing was stored.</exception>
    /// <exception cref="CardTraderException">CardTrader could not be asked; nothing was stored.</exception>
    public async Task<Account> ConnectAsync(AccountId id, string token, CancellationToken cancellationToken = default)
    {
        var credential = new CardTraderToken(token);
        var info = await _client.ForToken(credential).Account.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        var former = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var account = await _store.SaveConnectionAsync(
            new AccountConnection
            {
                Id = id,
                TokenCiphertext = _protector.Protect(credential.Reveal()),
                WebhookSecretCiphertext = info.SharedSecret is { } secret ? _protector.Protect(secret) : null,
                CardTraderUserId = info.UserId,
                CardTraderAppId = info.Id,
                CardTraderAppName = info.Name,
            },
            cancellationToken).ConfigureAwait(false);
        Log.AccountConnected(_logger, id, credential.Fingerprint);
        if (former?.CardTraderUserId is { } seller && seller != account.CardTraderUserId)
        {
            _runs.Cancel(id);
            Log.SellerChanged(_logger, id);
        }

        return account;
    }

    /// <summary>
    /// Suspends an account: its token is kept, its live run is cancelled, and no call is made and no change sent until it is resumed.
    /// Suspending it again changes nothing.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    public async Task<Account> SuspendAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.SuspendAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);
        _runs.Cancel(id);
        Log.AccountSuspended(_logger, id);
        return account;
    }

    /// <summary>Lifts a suspension, so that what waited goes on. An account that is not suspended stays as it is.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    public async Task<Account> ResumeAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.ResumeAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);
        Log.AccountResumed(_logger, id);
        return account;
    }

    /// <summary>
    /// Removes an account's connection: its live run is cancelled, token, webhook secret and CardTrader's ids are erased, and work that
    /// waits is discarded. Its stock stays. Removing it again changes nothing.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    public async Task<Account> RemoveAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.RemoveAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);
        _runs.Cancel(id);
        Log.AccountRemoved(_logger, id);
        return account;
    }

    /// <summary>Tells where an account stands.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its state, or null when it is unknown.</returns>
    public async Task<AccountState?> FindStateAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return account is null ? null : new AccountState
        {
            Id = id,
            Status = account.Status,
            LastSyncAt = account.LastSyncAt,
            LastError = account.LastError,
            IsDisconnected = !account.IsConnected,
            IsSuspended = account.SuspendedAt is not null,
            StopReason = account.StopReason,
        };
    }

    /// <summary>Gets a connected account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    public async Task<Account> GetConnectedAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw Unknown(id);
        return account.IsConnected
            ? account
            : throw new AccountNotConnectedException($"Account {id} has no CardTrader token: connect it again.");
    }

    /// <summary>Gets an account that calls may be made for: ask before each piece of work, since another process may have ended that.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the token.</exception>
    public async Task<Account> GetActiveAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await GetConnectedAsync(id, cancellationToken).ConfigureAwait(false);
        return account switch
        {
            { SuspendedAt: not null } => throw new AccountSuspendedException($"Account {id} is suspended: resume it, or start a sync."),
            { StoppedAt: not null } => throw new AccountStoppedException(account.StopReason ?? TokenRefused),
            _ => account,
        };
    }

    /// <summary>Opens the secret that signs an account's webhooks.</summary>
    /// <param name="account">The account.</param>
    /// <returns>The secret as text: its UTF-8 bytes are the key, though it looks like hexadecimal. Null when none is stored.</returns>
    /// <exception cref="SecretUnreadableException">No configured key opens it.</exception>
    public string? OpenWebhookSecret(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.WebhookSecretCiphertext is { } secret ? OpenSecret(secret) : null;
    }

    /// <summary>Encrypts every stored secret with the first key, so that older keys can be taken out of the configuration.</summary>
    /// <param name="cancellationToken">Cancels between accounts.</param>
    /// <returns>How many accounts were encrypted anew.</returns>
    /// <exception cref="SecretUnreadableException">No configured key opens a stored secret; accounts before it are done.</exception>
    public async Task<int> ReencryptAsync(CancellationToken cancellationToken = default)
    {
        var changed = 0;
        await foreach (var account in _store.StreamAsync(cancellationToken).ConfigureAwait(false))
        {
            var (token, secret) = (account.TokenCiphertext, account.WebhookSecretCiphertext);
            if ((token is null || !_protector.NeedsReencryption(token)) && (secret is null || !IsDue(secret)))
            {
                continue;
            }

            var replaced = await _store.ReplaceSecretsAsync(
                account,
                token is null ? null : _protector.Protect(_protector.Unprotect(token)),
                secret is null ? null : _protector.Protect(OpenSecret(secret)),
                cancellationToken).ConfigureAwait(false);
            changed += replaced ? 1 : 0;
        }

        return changed;
    }

    /// <summary>
    /// Makes calls for an account if it is active, and stops it when CardTrader refuses its token, and does so again when asked: from then on
    /// every process gets <see cref="AccountStoppedException"/> here before a call is made, until the token changes. A page of a proxy stops nothing.
    /// </summary>
    /// <exception cref="CardTraderAuthenticationException">CardTrader refused the token; the account is stopped now.</exception>
    /// <exception cref="CardTraderException">A call failed, also by a refusal that was not confirmed; nothing is stopped.</exception>
    internal async Task<T> CallAsync<T>(
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
    /// Stops calls for an account whose token was refused, if CardTrader refuses it again when asked by the cheapest call: only a person can lift a
    /// stop, so that one answer, whoever gave it, must not be enough.
    /// </summary>
    /// <returns>Null when the account is stopped; otherwise the refusal as a failure that passes, to be reported instead.</returns>
    internal async Task<CardTraderException?> StopUnlessStrayAsync(Account account, CardTraderAuthenticationException refusal, CancellationToken cancellationToken)
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
            if (await _store.StopAsync(account, TokenRefused, CancellationToken.None).ConfigureAwait(false))
            {
                Log.AccountStopped(_logger, account.Id, refusal.Message);
            }

            return null;
        }
        catch (Exception exception) when (exception is CardTraderException or OperationCanceledException)
        {
            why = "CardTrader could not be asked whether the token works";
        }

        Log.RefusalNotConfirmed(_logger, account.Id, refusal.Operation, why);
        return new CardTraderException(
            $"{refusal.Operation} was refused ({refusal.ErrorCode}). {why}, so that the account goes on. Try again later.",
            refusal.Details with { IsTransient = true },
            refusal);
    }

    /// <summary>Enters a run that ends with its account's connection.</summary>
    internal LiveRun Enter(AccountId id, CancellationToken cancellationToken) => _runs.Enter(id, cancellationToken);

    /// <summary>Opens CardTrader for a connected account. Prefer <see cref="CallAsync"/>, which minds stops.</summary>
    internal ICardTraderAccount Open(Account account, RateLimitPriority priority = RateLimitPriority.Normal) =>
        _client.ForToken(new CardTraderToken(_protector.Unprotect(account.TokenCiphertext!)), priority);

    /// <summary>Tells an account's token apart from others without revealing it.</summary>
    internal string Fingerprint(Account account) => new CardTraderToken(_protector.Unprotect(account.TokenCiphertext!)).Fingerprint;

    /// <summary>Webhook secrets of the Python service were stored as they are: hex text, which no Fernet token looks like.</summary>
    private static bool IsPlain(string secret) => !secret.StartsWith("gAAAA", StringComparison.Ordinal);

    private bool IsDue(string secret) => IsPlain(secret) || _protector.NeedsReencryption(secret);

    private string OpenSecret(string secret) => IsPlain(secret) ? secret : _protector.Unprotect(secret);

    private static AccountNotConnectedException Unknown(AccountId id) =>
        new($"Account {id} is unknown: connect it with its CardTrader token first.");

    private static partial class Log
    {
        [LoggerMessage(EventIds.AccountConnected, LogLevel.Information, "Account {AccountId} is connected with token {Fingerprint}")]
        public static partial void AccountConnected(ILogger logger, AccountId accountId, string fingerprint);

        [LoggerMessage(EventIds.SellerChanged, LogLevel.Warning, "Account {AccountId} is linked to another seller than before; its runs are cancelled")]
        public static partial void SellerChanged(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.AccountSuspended, LogLevel.Information, "Account {AccountId} is suspended")]
        public static partial void AccountSuspended(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.AccountResumed, LogLevel.Information, "Account {AccountId} is resumed")]
        public static partial void AccountResumed(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.AccountRemoved, LogLevel.Information, "Account {AccountId} is removed: its secrets are erased, its stock stays")]
        public static partial void AccountRemoved(ILogger logger, AccountId accountId);

        [LoggerMessage(EventIds.AccountStopped, LogLevel.Error, "Calls for account {AccountId} are stopped until its token changes: {Reason}")]
        public static partial void AccountStopped(ILogger logger, AccountId accountId, string reason);

        [LoggerMessage(EventIds.RefusalNotConfirmed, LogLevel.Warning, "CardTrader refused {Operation} for account {AccountId}, which goes on: {Reason}")]
        public static partial void RefusalNotConfirmed(ILogger logger, AccountId accountId, string operation, string reason);
    }
}
