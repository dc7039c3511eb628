using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Accounts;

/// <summary>Opens what accounts keep encrypted.</summary>
internal sealed class AccountSecrets(ISecretProtector protector)
{
    /// <summary>Encrypts a secret with the first key.</summary>
    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>Opens an account's CardTrader token; null when there is none.</summary>
    /// <exception cref="SecretUnreadableException">No configured key opens it.</exception>
    public string? FindToken(AccountRecord account) => account.TokenCiphertext is { } token ? protector.Unprotect(token) : null;

    /// <summary>
    /// Opens the secret that signs an account's webhooks: its UTF-8 bytes are the key, though it looks like hexadecimal.
    /// Null when there is none.
    /// </summary>
    /// <exception cref="SecretUnreadableException">No configured key opens it.</exception>
    public string? FindWebhookSecret(AccountRecord account) => account.WebhookSecretCiphertext switch
    {
        null => null,
        var secret when IsPlain(secret) => secret,
        var secret => protector.Unprotect(secret),
    };

    /// <summary>Tells whether a secret of an account is not encrypted with the first key.</summary>
    public bool IsReencryptionDue(AccountRecord account) =>
        (account.TokenCiphertext is { } token && protector.NeedsReencryption(token))
        || (account.WebhookSecretCiphertext is { } secret && (IsPlain(secret) || protector.NeedsReencryption(secret)));

    /// <summary>Webhook secrets of the Python service were stored as they are: hex text, which no Fernet token looks like.</summary>
    private static bool IsPlain(string secret) => !secret.StartsWith("gAAAA", StringComparison.Ordinal);
}
