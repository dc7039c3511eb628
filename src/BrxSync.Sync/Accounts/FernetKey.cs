using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace BrxSync.Sync.Accounts;

/// <summary>
/// One key of the Fernet format, version 0x80: <c>version (1) | timestamp (8, big endian, seconds) | IV (16) | AES-128-CBC
/// ciphertext | HMAC-SHA256 (32)</c> over all that precedes it, as base64url with padding. A key's first 16 bytes
/// sign, its last 16 encrypt.
/// </summary>
internal sealed class FernetKey(byte[] key)
{
    private const byte Version = 0x80;
    private const int IvOffset = 9;
    private const int IvSize = 16;
    private const int HeaderSize = IvOffset + IvSize;
    private const int MacSize = 32;
    private const int BlockSize = 16;
    private const int SigningKeySize = 16;

    private ReadOnlySpan<byte> SigningKey => key.AsSpan(0, SigningKeySize);

    private ReadOnlySpan<byte> EncryptionKey => key.AsSpan(SigningKeySize);

    /// <summary>Reads a token's bytes when it has the outer form of one: alphabet, padding, version and sizes.</summary>
    public static byte[]? ReadForm(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var ciphertextSize = bytes.Length - HeaderSize - MacSize;

        // Writing it again refuses what the decoder forgives: white space, missing padding, stray bits in the last character.
        return ciphertextSize >= BlockSize && ciphertextSize % BlockSize == 0 && bytes[0] == Version
            && string.Equals(Write(bytes), token, StringComparison.Ordinal)
            ? bytes
            : null;
    }

    [SuppressMessage("Security", "CA5401", Justification = "The format prescribes a random IV, which is what callers pass.")]
    public string Encrypt(ReadOnlySpan<byte> plaintext, DateTimeOffset now, ReadOnlySpan<byte> iv)
    {
        using var aes = Aes.Create();
        aes.SetKey(EncryptionKey);
        var size = HeaderSize + aes.GetCiphertextLengthCbc(plaintext.Length);
        var token = new byte[size + MacSize];
        token[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1), now.ToUnixTimeSeconds());
        iv.CopyTo(token.AsSpan(IvOffset));
        aes.EncryptCbc(plaintext, iv, token.AsSpan(HeaderSize));
        HMACSHA256.HashData(SigningKey, token.AsSpan(0, size), token.AsSpan(size));
        return Write(token);
    }

    /// <summary>Tells, in constant time, whether this key signed a token of the right form.</summary>
    public bool Signed(ReadOnlySpan<byte> token)
    {
        Span<byte> expected = stackalloc byte[MacSize];
        HMACSHA256.HashData(SigningKey, token[..^MacSize], expected);
        return CryptographicOperations.FixedTimeEquals(expected, token[^MacSize..]);
    }

    /// <summary>Decrypts a token that this key signed; null when its content was never made by the format's rules.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> token)
    {
        using var aes = Aes.Create();
        aes.SetKey(EncryptionKey);
        try
        {
            return aes.DecryptCbc(token[HeaderSize..^MacSize], token.Slice(IvOffset, IvSize));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Write(ReadOnlySpan<byte> token)
    {
        var text = Base64Url.EncodeToString(token);
        return text.PadRight((text.Length + 3) / 4 * 4, '=');
    }
}
