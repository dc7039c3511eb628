using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Accounts;

/// <summary>Protects secrets in the Fernet format: the first key encrypts, all of them decrypt, no age limit.</summary>
internal sealed class FernetSecretProtector : ISecretProtector
{
    private const int IvSize = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FernetKey[] keys;
    private readonly TimeProvider time;

    public FernetSecretProtector(IOptions<EncryptionOptions> options, TimeProvider time)
    {
        // Validated on start: a key that cannot be read does not come here.
        keys = [.. options.Value.Keys.Select(text =>
            new FernetKey(EncryptionKey.Read(text, out var problem) ?? throw new ArgumentException(problem, nameof(options))))];
        ArgumentOutOfRangeException.ThrowIfZero(keys.Length, nameof(options));
        this.time = time;
    }

    public string Protect(string plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        var bytes = StrictUtf8.GetBytes(plaintext);
        Span<byte> iv = stackalloc byte[IvSize];
        RandomNumberGenerator.Fill(iv);
        var token = keys[0].Encrypt(bytes, time.GetUtcNow(), iv);
        CryptographicOperations.ZeroMemory(bytes);
        return token;
    }

    public string Unprotect(string ciphertext) => Open(ciphertext).Plaintext;

    // Its signature alone does not make a token readable, so that the whole of it is read here, too.
    public bool NeedsReencryption(string ciphertext) => Open(ciphertext).Key != 0;

    private (string Plaintext, int Key) Open(string ciphertext)
    {
        var token = Read(ciphertext);
        var key = FindKey(token);
        var bytes = keys[key].Decrypt(token)
            ?? throw Damaged("Its signature is right, but its content was not made by the Fernet format.");
        try
        {
            return (StrictUtf8.GetString(bytes), key);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("Its signature is right, but its content is not UTF-8 text.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[] Read(string ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        return FernetKey.ReadForm(ciphertext) ?? throw Damaged(
            $"Its {ciphertext.Length} characters are not a Fernet token: cut short, altered, or never encrypted.");
    }

    private static SecretUnreadableException Damaged(string detail) => new(
        SecretFault.Damaged,
        $"The stored secret is damaged. {detail} Connect the account again with its CardTrader token.");

    private int FindKey(ReadOnlySpan<byte> token)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Signed(token))
            {
                return i;
            }
        }

        throw new SecretUnreadableException(
            SecretFault.NoMatchingKey,
            $"None of the {keys.Length} configured encryption keys made the stored secret: the key that did is missing, or the secret was altered. "
            + $"Add the missing key after the others in {nameof(EncryptionOptions)}.{nameof(EncryptionOptions.Keys)}, or connect the account again with its CardTrader token.");
    }
}
