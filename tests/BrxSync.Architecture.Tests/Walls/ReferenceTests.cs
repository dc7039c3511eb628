using System.Xml.Linq;

namespace BrxSync.Architecture.Tests.Walls;

/// <summary>
/// <c>Client &lt;- Sync &lt;- Hosting &lt;- AspNetCore</c>, and the simulator on its own, each with the packages it
/// is allowed and no others.
/// </summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> PackageNames => Packages.Names;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void ProjectFile_ProjectReferences_AreTheAllowedOnes(string name)
    {
        var package = Packages.Get(name);

        var projects = Items(package, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        projects.ShouldBe(package.Projects);
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void ProjectFile_PackageReferences_AreAllowed(string name)
    {
        var package = Packages.Get(name);

        Items(package, "PackageReference").Except(package.References).ShouldBeEmpty($"{name} may not reference these packages");
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Assembly_References_NeverPointBack(string name)
    {
        var package = Packages.Get(name);
        var inner = Packages.Under(package).Select(other => other.Name);

        ReferencedBy(package).Where(reference => reference.StartsWith("BrxSync.", StringComparison.Ordinal)).Except(inner).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "BrxSync.Client",
        "Npgsql",
        "MySqlConnector",
        "Dapper",
        "Microsoft.Data.",
        "SQLitePCL",
        "StackExchange.",
        "Quartz",
        "OpenTelemetry",
        "Microsoft.AspNetCore.")]
    [InlineData("BrxSync.Sync", "Quartz", "OpenTelemetry", "Microsoft.AspNetCore.", "Microsoft.Extensions.Hosting")]
    [InlineData("BrxSync.Hosting", "Microsoft.AspNetCore.")]
    [InlineData("BrxSync.Simulator", "BrxSync.", "Npgsql", "MySqlConnector", "Quartz", "OpenTelemetry")]
    public void Assembly_References_StayOutOf(string name, params string[] forbidden) =>
        ReferencedBy(Packages.Get(name))
            .Where(reference => forbidden.Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeEmpty($"{name} knows nothing of these, and a worker runs on the plain .NET runtime");

    private static IEnumerable<string> ReferencedBy(PackageRules package) =>
        package.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static IEnumerable<string> Items(PackageRules package, string kind) =>
        XDocument.Load(package.ProjectFile).Descendants(kind).Select(item => (string)item.Attribute("Include")!);
}
