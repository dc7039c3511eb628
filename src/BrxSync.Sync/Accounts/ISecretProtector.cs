namespace BrxSync.Sync.Accounts;

/// <summary>Encrypts the secrets of accounts before they are stored: CardTrader tokens and webhook secrets.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts a secret with the first configured key.</summary>
    /// <param name="plaintext">The secret; may be empty.</param>
    /// <returns>The encrypted secret as ASCII text that can be stored as it is.</returns>
    /// <exception cref="ArgumentException"><paramref name="plaintext"/> is not valid Unicode text.</exception>
    string Protect(string plaintext);

    /// <summary>Decrypts what <see cref="Protect"/> made, with whichever configured key fits.</summary>
    /// <param name="ciphertext">The encrypted secret.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="SecretUnreadableException">No configured key fits, or the text is damaged.</exception>
    string Unprotect(string ciphertext);

    /// <summary>Tells whether an encrypted secret was made with another key than the first, so that it is due for rotation.</summary>
    /// <param name="ciphertext">The encrypted secret.</param>
    /// <returns>True when <see cref="Unprotect"/> and <see cref="Protect"/> would move it to the first key.</returns>
    /// <exception cref="SecretUnreadableException">No configured key fits, or the text is damaged.</exception>
    bool NeedsReencryption(string ciphertext);
}
