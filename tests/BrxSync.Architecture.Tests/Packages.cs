using System.Reflection;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests;

/// <summary>The published packages, innermost first, with what each may build on.</summary>
internal static class Packages
{
    /// <summary>What only the packages below need, in a version that we pin: it is written into all that reach it.</summary>
    public static readonly string[] Pinned =
    [
        "Microsoft.Data.Sqlite.Core", "Microsoft.Extensions.Hosting.Abstractions", "Polly.Core", "Polly.Extensions", "Polly.RateLimiting",
    ];

    public static readonly PackageRules Client = new(
        "BrxSync.Client",
        Projects: [],
        References:
        [
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Http",
            "Microsoft.Extensions.Options.ConfigurationExtensions", "Microsoft.Extensions.Options.DataAnnotations",
            "Microsoft.Extensions.Http.Resilience", "Refit",
        ],
        EventIds: 1000..1999);

    public static readonly PackageRules Sync = new(
        "BrxSync.Sync",
        Projects: ["BrxSync.Client"],
        References:
        [
            "Npgsql", "Microsoft.Data.Sqlite", "MySqlConnector", "SQLitePCLRaw.bundle_e_sqlite3", "StackExchange.Redis",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options.DataAnnotations",
        ],
        EventIds: 2000..2999)
    {
        RootFolders = ["Changes", "Errors", "Items", "Operations", "Results"],
    };

    public static readonly PackageRules Hosting = new(
        "BrxSync.Hosting",
        Projects: ["BrxSync.Sync"],
        References:
        [
            "Quartz", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks",
            "OpenTelemetry.Api.ProviderBuilderExtensions", "Microsoft.Extensions.Options.ConfigurationExtensions",
        ],
        EventIds: 3000..3999);

    public static readonly PackageRules AspNetCore = new(
        "BrxSync.AspNetCore",
        Projects: ["BrxSync.Hosting"],
        References: ["OpenTelemetry", "Microsoft.IdentityModel.JsonWebTokens"],
        EventIds: 4000..4999);

    /// <summary>Built on none of ours: a misunderstanding in the client or the engine cannot hide in it.</summary>
    public static readonly PackageRules Simulator = new("BrxSync.Simulator", Projects: [], References: [], EventIds: 0..0)
    {
        Location = "samples/CardTraderSimulator",
    };

    public static readonly IReadOnlyList<PackageRules> All = [Client, Sync, Hosting, AspNetCore, Simulator];

    public static TheoryData<string> Names => [.. All.Select(package => package.Name)];

    public static PackageRules Get(string name) => All.Single(package => package.Name == name);

    /// <summary>Lists the packages that one stands on, directly or through others.</summary>
    public static IEnumerable<PackageRules> Under(PackageRules package) =>
        package.Projects.Select(Get).SelectMany(inner => Under(inner).Append(inner)).Distinct();
}

/// <summary>One package and its walls.</summary>
internal sealed record PackageRules(string Name, string[] Projects, string[] References, Range EventIds)
{
    /// <summary>The room that the root of the engine and the folders of its data make up.</summary>
    public const string FrontDoor = "the front door";

    /// <summary>Gets folders of the root's own data: their types are in the root's namespace.</summary>
    public string[] RootFolders { get; init; } = [];

    /// <summary>Gives the room that a folder belongs to: itself, or the front door.</summary>
    public string Room(string folder) =>
        RootFolders.Length > 0 && (folder.Length == 0 || RootFolders.Contains(folder)) ? FrontDoor : folder;

    /// <summary>Gets where the package's sources are, from the root of the repository.</summary>
    public string Location { get; init; } = $"src/{Name}";

    public string Folder => RepositoryPaths.At(Location.Split('/'));

    public string ProjectFile => Path.Combine(Folder, Path.GetFileName(Location) + ".csproj");

    public Assembly Assembly => Assembly.Load(Name);
}
