using System.Security.Cryptography;
using System.Text;

namespace BrxSync.Client.Webhooks;

/// <summary>Checks and makes the <c>Signature</c> header of webhooks: base64 of HMAC-SHA256 over the raw body.</summary>
/// <remarks>
/// The key is the shared secret as UTF-8 text; it looks like hex but is not decoded. Check the bytes as they were received: a body
/// that was parsed and written again has another signature.
/// </remarks>
public static class WebhookSignature
{
    /// <summary>The name of the header.</summary>
    public const string HeaderName = "Signature";

    private const int TextLength = 44;

    /// <summary>Checks a delivery against any number of secrets, in a time that does not depend on where a signature differs.</summary>
    /// <param name="body">The raw bytes of the body.</param>
    /// <param name="signature">The value of the header.</param>
    /// <param name="secrets">The secrets that are valid now: several during a rotation. Empty ones are passed over.</param>
    /// <returns>What was found.</returns>
    public static WebhookVerdict Verify(ReadOnlySpan<byte> body, string? signature, params ReadOnlySpan<string> secrets)
    {
        if (body.IsEmpty)
        {
            return WebhookVerdict.EmptyBody;
        }

        if (string.IsNullOrEmpty(signature))
        {
            return WebhookVerdict.NoSignature;
        }

        // The texts are compared, not the decoded hashes: a lax base64 reader would accept blanks and missing padding.
        Span<byte> given = stackalloc byte[TextLength];
        if (signature.Length != TextLength || !Ascii.IsValid(signature) || Encoding.ASCII.GetBytes(signature, given) != TextLength)
        {
            return WebhookVerdict.WrongSignature;
        }

        var fits = false;
        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                fits |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Compute(body, secret)));
            }
        }

        return fits ? WebhookVerdict.Valid : WebhookVerdict.WrongSignature;
    }

    /// <summary>Makes the signature of a body, for tests and simulators.</summary>
    /// <param name="body">The raw bytes of the body.</param>
    /// <param name="secret">The shared secret of the application.</param>
    /// <returns>The value of the header.</returns>
    /// <exception cref="ArgumentException"><paramref name="secret"/> is empty.</exception>
    public static string Compute(ReadOnlySpan<byte> body, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, hash);
        return Convert.ToBase64String(hash);
    }
}
