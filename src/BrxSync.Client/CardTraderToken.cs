using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BrxSync.Client;

/// <summary>
/// Holds the API token of one seller. The value can be used for calls but is never shown: <see cref="ToString"/> gives a fingerprint.
/// </summary>
/// <remarks>
/// Tokens are usually pasted from a web page. White space, zero-width characters and a leading <c>Bearer </c> are removed.
/// </remarks>
public sealed class CardTraderToken : IEquatable<CardTraderToken>
{
    private const string BearerPrefix = "Bearer";

    private readonly string _value;

    /// <summary>Initializes a token from what the seller pasted.</summary>
    /// <param name="value">The token, possibly with white space, zero-width characters or a <c>Bearer </c> prefix around it.</param>
    /// <exception cref="ArgumentException">
    /// Nothing is left after cleaning, or the rest holds characters no HTTP header may carry.
    /// </exception>
    public CardTraderToken(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = Clean(value);
        if (_value.Length == 0)
        {
            throw new ArgumentException(
                "The CardTrader token is empty. Copy it from the API settings page of the seller's account.", nameof(value));
        }

        foreach (var c in _value)
        {
            if (c is < '!' or > '~')
            {
                throw new ArgumentException(
                    "The CardTrader token holds a character that no token has. Copy it again from the API settings page of the seller's account.",
                    nameof(value));
            }
        }

        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_value)).AsSpan(0, 4));
    }

    /// <summary>Gets a short text that tells tokens apart without revealing them.</summary>
    /// <value>The first eight hexadecimal digits of the SHA-256 of the token.</value>
    public string Fingerprint { get; }

    /// <summary>Compares two tokens in constant time.</summary>
    /// <param name="other">The token to compare with.</param>
    public bool Equals(CardTraderToken? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CardTraderToken);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);

    /// <summary>Returns the fingerprint; the token itself is never shown.</summary>
    public override string ToString() => $"CardTraderToken({Fingerprint})";

    /// <summary>Gives the token itself, to keep it encrypted. Never log it or show it to anybody.</summary>
    /// <returns>The token without what was cleaned off.</returns>
    public string Reveal() => _value;

    private static string Clean(string value)
    {
        var cleaned = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (char.IsWhiteSpace(c) && cleaned.Length == BearerPrefix.Length && IsBearer(cleaned))
            {
                cleaned.Clear();
            }
            else if (!char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                cleaned.Append(c);
            }
        }

        return cleaned.ToString();
    }

    private static bool IsBearer(StringBuilder text) => text.ToString().Equals(BearerPrefix, StringComparison.OrdinalIgnoreCase);
}
