using System.Reflection;
using System.Text;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>Log events can be filtered by number: unique, in the range of their package, listed in the documentation.</summary>
public sealed class LogEventTests
{
    public static TheoryData<string> PackageNames => Packages.Names;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void LogMessages_OfPackage_HaveUniqueNumbersInItsRange(string name)
    {
        var package = Packages.Get(name);
        var events = LogEvent.Of(package);

        // The adapters of one port say the same thing under the same number.
        events
            .GroupBy(log => log.Id)
            .Where(group => group.Select(log => (log.Level, log.Message)).Distinct().Count() > 1)
            .Select(group => group.Key)
            .ShouldBeEmpty();
        events.Where(log => log.Id < package.EventIds.Start.Value || log.Id > package.EventIds.End.Value).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void LogMessages_OfPackage_AreInANestedLogClass(string name) =>
        LogEvent.Of(Packages.Get(name)).Where(log => !log.InLogClass).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void EventIds_OfPackage_AreDistinctAndUsed(string name)
    {
        var package = Packages.Get(name);
        var declared = package.Assembly.GetTypes().Where(type => type.Name == "EventIds")
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(field => (int)field.GetRawConstantValue()!);

        declared.Order().ShouldBe(LogEvent.Of(package).Select(log => log.Id).Distinct());
    }

    [Fact]
    public void LogEvents_Reference_ListsThemAll()
    {
        var text = new StringBuilder(
            "# Log events\n\nEvery message the packages log, by event id. This page is written from the code by the architecture tests.\n");
        foreach (var package in Packages.All)
        {
            var events = LogEvent.Of(package);
            if (events.Count == 0)
            {
                continue;
            }

            text.Append($"\n## {package.Name}: {package.EventIds.Start.Value} to {package.EventIds.End.Value}\n\n");
            text.Append("| id | level | class | message |\n| --- | --- | --- | --- |\n");
            foreach (var same in events.GroupBy(log => (log.Id, log.Level, log.Message)))
            {
                var classes = string.Join(", ", same.Select(log => log.Class).Order(StringComparer.Ordinal));
                var message = same.Key.Message.Replace("|", "\\|", StringComparison.Ordinal);
                text.Append($"| {same.Key.Id} | {same.Key.Level} | {classes} | {message} |\n");
            }
        }

        Directory.CreateDirectory(RepositoryPaths.At("docs", "reference"));
        Approval.Check(RepositoryPaths.At("docs", "reference", "log-events.md"), text.ToString());
    }
}
