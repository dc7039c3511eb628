using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Accounts;

/// <summary>Connects seller accounts to CardTrader and keeps their secrets encrypted.</summary>
public sealed partial class AccountService
{
    private readonly IAccountStore _store;
    private readonly ISecretProtector _protector;
    private readonly ICardTraderClient _client;
    private readonly ILogger<AccountService> _logger;

    internal AccountService(IAccountStore store, ISecretProtector protector, ICardTraderClient client, ILogger<AccountService> logger)
    {
        (_store, _protector, _client, _logger) = (store, protector, client, logger);
    }

    /// <summary>
    /// Connects an account, or gives a connected one a new token. CardTrader is asked who the token belongs to; only when it answers
    /// are token, shared secret and identity stored, together.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="token">The CardTrader token as copied from the website.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="ArgumentException">The token is blank or cannot be a token.</exception>
    /// <exception cref="Client.Errors.CardTraderAuthenticationException">CardTrader refuses the token; nothing was stored.</exception>
    /// <exception cref="Client.Errors.CardTraderException">CardTrader could not be asked; nothing was stored.</exception>
    public async Task<Account> ConnectAsync(AccountId id, string token, CancellationToken cancellationToken = default)
    {
        var credential = new CardTraderToken(token);
        var info = await _client.ForToken(credential).Account.GetInfoAsync(cancellationToken).ConfigureAwait(false);
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
        return account;
    }

    /// <summary>Gets a connected account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    public async Task<Account> GetConnectedAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var account = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountNotConnectedException($"Account {id} is unknown: connect it with its CardTrader token first.");
        return account.IsConnected
            ? account
            : throw new AccountNotConnectedException($"Account {id} has no CardTrader token: connect it again.");
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
            if (account.TokenCiphertext is not { } token)
            {
                continue;
            }

            var secret = account.WebhookSecretCiphertext;
            if (!_protector.NeedsReencryption(token) && (secret is null || !IsDue(secret)))
            {
                continue;
            }

            var replaced = await _store.ReplaceSecretsAsync(
                account.Id, token, _protector.Protect(_protector.Unprotect(token)), secret is null ? null : _protector.Protect(OpenSecret(secret)), cancellationToken).ConfigureAwait(false);
            changed += replaced ? 1 : 0;
        }

        return changed;
    }

    /// <summary>Opens CardTrader for a connected account.</summary>
    internal ICardTraderAccount Open(Account account) => _client.ForToken(new CardTraderToken(_protector.Unprotect(account.TokenCiphertext!)));

    /// <summary>Webhook secrets of the Python service were stored as they are: hex text, which no Fernet token looks like.</summary>
    private static bool IsPlain(string secret) => !secret.StartsWith("gAAAA", StringComparison.Ordinal);

    private bool IsDue(string secret) => IsPlain(secret) || _protector.NeedsReencryption(secret);

    private string OpenSecret(string secret) => IsPlain(secret) ? secret : _protector.Unprotect(secret);

    private static partial class Log
    {
        [LoggerMessage(EventIds.AccountConnected, LogLevel.Information, "Account {AccountId} is connected with token {Fingerprint}")]
        public static partial void AccountConnected(ILogger logger, AccountId accountId, string fingerprint);
    }
}
