using System.Text.RegularExpressions;

namespace BrxSync.Simulator.Http;

/// <summary>Reads uploaded files without the lenience of the framework, which the real service may not have.</summary>
internal static partial class UploadedFile
{
    /// <summary>Gets the name as it was written: no encoded words of e-mail are read, and no long form beside it.</summary>
    public static string NameOf(IFormFile file)
    {
        var name = Name().Match(file.ContentDisposition);
        return name.Groups["quoted"].Success ? name.Groups["quoted"].Value : name.Groups["plain"].Value.Trim();
    }

    [GeneratedRegex(
        """; *filename=("(?<quoted>[^"]*)"|(?<plain>[^;]*))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
