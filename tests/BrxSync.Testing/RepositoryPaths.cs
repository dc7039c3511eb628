namespace BrxSync.Testing;

/// <summary>Places in the repository, found from where the test assembly lies.</summary>
public static class RepositoryPaths
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    /// <summary>The folder that holds <c>BrxSync.sln</c>.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>
    /// The folder <c>../shared/data</c> beside the repository root, with recorded and derived marketplace payloads, or null
    /// where it does not exist. Tests over it are marked <see cref="SampleDataFactAttribute"/> or <see cref="SampleDataTheoryAttribute"/>.
    /// </summary>
    public static string? SampleData
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    /// <summary>A path below the repository root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path below <see cref="SampleData"/>, which must exist.</summary>
    public static string SampleDataAt(params string[] parts) =>
        Path.Combine([SampleData ?? throw new DirectoryNotFoundException("There is no sample data beside the repository."), .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BrxSync.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds BrxSync.sln.");
    }
}
