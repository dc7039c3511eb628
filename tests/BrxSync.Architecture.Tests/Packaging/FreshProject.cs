namespace BrxSync.Architecture.Tests.Packaging;

/// <summary>A new project in a folder of its own, far from the repository's settings, that installs the packed packages.</summary>
internal sealed class FreshProject : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("brxsync-consumer-");
    private readonly Dictionary<string, string> environment;

    public FreshProject(PackedPackages packed)
    {
        // Packages of the machine's own folder are read from where they are; ours go to a folder that is thrown away.
        environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "packages"),
            ["RestoreFallbackFolders"] = GlobalPackages(),
            ["RestoreAdditionalProjectSources"] = packed.Folder,
        };
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);

    public Task<string> RunAsync(params string[] arguments) => CommandLine.RunAsync(folder.FullName, environment, "dotnet", arguments);

    public Task BuildAsync() => RunAsync("build", "--nologo", "-v", "q", "-p:UseSharedCompilation=false");

    public void Dispose() => folder.Delete(recursive: true);

    private static string GlobalPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
