using System.Text.RegularExpressions;
using BrxSync.Architecture.Tests.Sources;

namespace BrxSync.Architecture.Tests.Walls;

/// <summary>
/// Which folder of a package a type lives in, by its source file: the namespace is not enough, since a front door of several folders is one
/// namespace, and extension methods live in the namespace where users look for them.
/// </summary>
internal sealed partial class Folders
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    public Folders(PackageRules package)
    {
        foreach (var path in SourceFiles.Of(package.Location))
        {
            var folder = Path.GetRelativePath(package.Folder, Path.GetDirectoryName(path)!).Replace('\\', '/');
            var text = File.ReadAllText(path);
            var name = Namespace().Match(text).Groups[1].Value;
            foreach (Match type in TopLevelType().Matches(text))
            {
                _folders[$"{name}.{type.Groups[1].Value}"] = folder == "." ? string.Empty : folder;
            }
        }
    }

    /// <summary>Gives the folder within the package, empty for its root; null for what the compiler or a generator made.</summary>
    public string? Of(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return _folders.GetValueOrDefault($"{type.Namespace}.{type.Name.Split('`')[0]}");
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:public|internal)\s+(?:(?:sealed|static|abstract|readonly|partial|ref|unsafe)\s+)*(?:class|record\s+struct|record|struct|interface|enum|delegate)\s+(\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
