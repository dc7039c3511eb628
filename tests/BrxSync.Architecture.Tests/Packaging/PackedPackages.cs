using System.IO.Compression;
using System.Xml.Linq;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Packaging;

/// <summary>The packages, packed into a temporary folder from what was just built.</summary>
[CollectionDefinition(Collection)]
public sealed class PackedPackages : IAsyncLifetime, ICollectionFixture<PackedPackages>
{
    /// <summary>The tests that share the packages: packing takes its time.</summary>
    public const string Collection = "packed packages";

    /// <summary>Where the packages are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("brxsync-packages-").FullName;

    /// <summary>The configuration that the tests run in, and that was therefore built.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).EndsWith("release", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        foreach (var package in Packages.All)
        {
            await CommandLine.RunAsync(
                RepositoryPaths.Root,
                new Dictionary<string, string>(StringComparer.Ordinal),
                "dotnet",
                "pack",
                package.ProjectFile,
                "--no-build",
                "--nologo",
                "-v",
                "q",
                "-c", Configuration, "-o", Folder);
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The package's file.</summary>
    public string File(string name) => Directory.GetFiles(Folder, name + ".?.?.?*.nupkg").Single();

    /// <summary>The version the packages were packed with.</summary>
    public string Version => Path.GetFileNameWithoutExtension(File("BrxSync.Client"))["BrxSync.Client.".Length..];

    internal XElement Metadata(string name)
    {
        using var archive = ZipFile.OpenRead(File(name));
        using var stream = archive.GetEntry(name + ".nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    internal List<string> Entries(string name)
    {
        using var archive = ZipFile.OpenRead(File(name));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
