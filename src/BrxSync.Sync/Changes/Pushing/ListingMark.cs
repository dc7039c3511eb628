using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// The mark in the private text of a product that is being put on sale, by which it is found again should the answer be lost. The
/// seller's own text stands behind it.
/// </summary>
internal static class ListingMark
{
    private const string Prefix = "brx:";

    /// <summary>Gives the private text that a product is sent with.</summary>
    public static string Text(LocalChange change, string? own) =>
        string.IsNullOrEmpty(own) ? Of(change) : $"{Of(change)} {own}";

    /// <summary>Says whether a private text carries the mark of a change.</summary>
    public static bool IsOn(string? text, LocalChange change) => text?.StartsWith(Of(change), StringComparison.Ordinal) == true;

    /// <summary>Says whether a private text carries the mark of any change.</summary>
    public static bool IsAny(string? text) => text?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    private static string Of(LocalChange change) => $"{Prefix}{change.Id:N}";
}
