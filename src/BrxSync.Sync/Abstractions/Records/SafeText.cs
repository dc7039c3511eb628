namespace BrxSync.Sync.Abstractions.Records;

/// <summary>Makes a text that may quote foreign bytes fit for every store: PostgreSQL keeps no NUL character.</summary>
internal static class SafeText
{
    public static string Of(string text) => text.Replace('\0', '\uFFFD');
}
