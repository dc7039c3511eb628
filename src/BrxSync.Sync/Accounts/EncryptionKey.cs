using System.Buffers.Text;
using System.Security.Cryptography;

namespace BrxSync.Sync.Accounts;

/// <summary>Makes keys for <see cref="EncryptionOptions.Keys"/>.</summary>
public static class EncryptionKey
{
    internal const int Size = 32;

    /// <summary>Makes a new random key.</summary>
    /// <returns>32 random bytes as base64url with padding: 44 characters.</returns>
    public static string Generate()
    {
        Span<byte> key = stackalloc byte[Size];
        RandomNumberGenerator.Fill(key);
        var text = Base64Url.EncodeToString(key) + "=";
        CryptographicOperations.ZeroMemory(key);
        return text;
    }

    /// <summary>Reads a key's bytes; surrounding white space and missing padding are forgiven, as keys are pasted by hand.</summary>
    /// <returns>The 32 bytes, or null with what is wrong, in words that do not show the key.</returns>
    internal static byte[]? Read(string? text, out string? problem)
    {
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0)
        {
            problem = "it is empty";
            return null;
        }

        if (trimmed.AsSpan().ContainsAny('+', '/'))
        {
            problem = "it is standard base64; base64url has '-' and '_' where that has '+' and '/'";
            return null;
        }

        if (trimmed.Any(char.IsWhiteSpace) || !Base64Url.IsValid(trimmed, out var length))
        {
            problem = $"its {trimmed.Length} characters are not base64url";
            return null;
        }

        if (length != Size)
        {
            problem = $"it holds {length} bytes";
            return null;
        }

        problem = null;
        return Base64Url.DecodeFromChars(trimmed);
    }
}
