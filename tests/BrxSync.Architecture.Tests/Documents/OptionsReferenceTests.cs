using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BrxSync.Architecture.Tests.PublicApi;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>The page of options is written from the types and their documentation, so it cannot fall behind.</summary>
public sealed partial class OptionsReferenceTests
{
    [Fact]
    public void Options_Reference_ListsEachWithItsDefault()
    {
        var text = new StringBuilder(
            "# Options\n\nEvery option of every package. This page is written from the code by the architecture tests.\n");
        foreach (var package in Packages.All)
        {
            var documentation = XDocument.Load(Path.ChangeExtension(package.Assembly.Location, ".xml")).Descendants("member")
                .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
            foreach (var type in package.Assembly.GetExportedTypes().Where(IsOptions).OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                Write(text, package, type, documentation);
            }
        }

        Approval.Check(RepositoryPaths.At("docs", "reference", "options.md"), text.ToString());
    }

    private static bool IsOptions(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal)
        && type is { IsClass: true, IsAbstract: false }
        && type.GetConstructor([]) is not null;

    private static bool IsOption(PropertyInfo property) =>
        property.CanWrite || property.PropertyType.IsClass || property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private static void Write(StringBuilder text, PackageRules package, Type type, Dictionary<string, XElement> documentation)
    {
        text.Append($"\n## {type.Name}\n\n{package.Name}: {Summary(documentation, "T:" + type.FullName)}\n\n");
        text.Append("| option | type | default | meaning |\n| --- | --- | --- | --- |\n");
        var defaults = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsOption))
        {
            var meaning = Summary(documentation, $"P:{type.FullName}.{property.Name}");
            var typeText = TypeText.Of(property).Replace("<", "&lt;", StringComparison.Ordinal);
            text.Append($"| `{property.Name}` | {typeText} | {Default(property.GetValue(defaults))} | {meaning} |\n");
        }
    }

    private static string Default(object? value) => value switch
    {
        null => "none",
        string { Length: 0 } => "empty",
        string text => $"`{text}`",
        bool flag => flag ? "true" : "false",
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        TimeSpan time => time.ToString("c"),
        Uri uri => uri.ToString(),
        Enum choice => choice.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.ICollection { Count: 0 } => "empty",
        _ => "see there",
    };

    private static string Summary(Dictionary<string, XElement> documentation, string member)
    {
        documentation.TryGetValue(member, out var found).ShouldBeTrue($"{member} has no documentation");
        var summary = found!.Element("summary")!;
        foreach (var reference in summary
            .Descendants()
            .Where(element => element.Attribute("cref") is not null || element.Attribute("langword") is not null)
            .ToList())
        {
            var name = (string?)reference.Attribute("langword")
                ?? ((string)reference.Attribute("cref")!).Split('(')[0].Split(':')[^1].Split('.')[^1];
            reference.ReplaceWith($"`{name}`");
        }

        foreach (var code in summary.Descendants("c").ToList())
        {
            code.ReplaceWith($"`{code.Value}`");
        }

        var text = Space().Replace(summary.Value, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
        text = Accessor().Replace(text, "");
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("^(Gets or sets|Gets) (a value indicating )?")]
    private static partial Regex Accessor();
}
