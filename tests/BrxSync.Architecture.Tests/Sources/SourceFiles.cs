using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Sources;

/// <summary>The repository's own text, generated and installed files left out.</summary>
internal static class SourceFiles
{
    private static readonly HashSet<string> NotOurs =
        new(StringComparer.Ordinal)
        {
            ".git", "artifacts", "bin", "obj", "node_modules", "TestResults", ".vs", ".idea", "BenchmarkDotNet.Artifacts",
        };

    public static IEnumerable<string> Of(string folder, string pattern = "*.cs") =>
        Walk(new DirectoryInfo(RepositoryPaths.At(folder)), pattern);

    public static IEnumerable<string> All() => Walk(new DirectoryInfo(RepositoryPaths.Root), "*");

    public static string Relative(string path) => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(DirectoryInfo folder, string pattern) =>
        !folder.Exists
            ? []
            : folder.EnumerateFiles(pattern).Select(file => file.FullName)
                .Concat(
                    folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name)).SelectMany(child => Walk(child, pattern)));
}
