using System.Text.RegularExpressions;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>What a reader of any source file may rely on.</summary>
public sealed partial class SourceFileTests
{
    private const int MaximumLines = 400;

    private static IEnumerable<string> Sources => Packages.All.SelectMany(package => SourceFiles.Of(package.Location));

    [Fact]
    public void SourceFiles_OfPackages_HaveAtMost400Lines() =>
        Sources
            .Select(path => (Path: SourceFiles.Relative(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > MaximumLines)
            .ShouldBeEmpty();

    [Fact]
    public void SourceFiles_OfPackages_HoldAtMostOnePublicType() =>
        Sources
            .Select(path => (Path: SourceFiles.Relative(path), Types: PublicType().Count(File.ReadAllText(path))))
            .Where(file => file.Types > 1)
            .ShouldBeEmpty();

    [Fact]
    public void SourceFiles_OfPackages_HaveTheNamespaceOfTheirFolder() =>
        Sources
            .Select(path => (Path: SourceFiles.Relative(path), Namespace: Namespace().Match(File.ReadAllText(path)).Groups[1].Value))
            .Where(file => file.Namespace.Length > 0 && !InFolder(file.Path, file.Namespace))
            .ShouldBeEmpty();

    [Fact]
    public void SourceFiles_OfPackages_HideNothing() =>
        Lines(Sources, Hidden()).ShouldBeEmpty("no regions, no suppressed warnings, nothing left to do");

    [Fact]
    public void SourceFiles_InTests_SkipNothingAndNeverSleep() => Lines(SourceFiles.Of("tests"), SkippedOrSleeping()).ShouldBeEmpty();

    // Extension methods live in the namespace where users look for them; folders of a front door's own data are in its namespace.
    private static bool InFolder(string path, string name)
    {
        var package = Packages.All.Single(package => path.StartsWith(package.Location + "/", StringComparison.Ordinal));
        var folder = package.Name + Path.GetDirectoryName(path)!.Replace('\\', '/')[package.Location.Length..].Replace('/', '.');
        var isRootFolder = package.RootFolders.Any(root => $"{package.Name}.{root}" == folder && name == package.Name);
        return name == folder || isRootFolder
            || (path.EndsWith("Extensions.cs", StringComparison.Ordinal)
                && (name.StartsWith("Microsoft.", StringComparison.Ordinal)
                    || name.StartsWith("OpenTelemetry.", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Lines(IEnumerable<string> paths, Regex pattern) =>
        from path in paths
        where !path.EndsWith(nameof(SourceFileTests) + ".cs", StringComparison.Ordinal)
        from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{SourceFiles.Relative(path)}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(
        @"^public\s+(?:(?:sealed|static|abstract|readonly|partial|ref|unsafe)\s+)*(?:class|record|struct|interface|enum|delegate)\b",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"#pragma\s+warning\s+disable|#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|catch\s*\{\s*\}")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"\bSkip\s*=\s*""|Thread\.Sleep|Task\.Delay\(\s*(?:\d|TimeSpan\.[^,]*\)\s*;)")]
    private static partial Regex SkippedOrSleeping();
}
