using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BrxSync.Architecture.Tests.Sources;
using BrxSync.Sync;
using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Sql;

/// <summary>The SQL of an adapter: what its statements are at run time, and what else its sources hold.</summary>
internal static partial class AdapterSql
{
    private const string Folder = "src/BrxSync.Sync/Adapters";

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Engine = typeof(IStock).Assembly;

    /// <summary>The migrations of a dialect in their order.</summary>
    public static IEnumerable<string> Migrations(string dialect) =>
        Directory.EnumerateFiles(RepositoryPaths.At($"{Folder}/{dialect}/Migrations"), "*.sql").Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);

    /// <summary>Every statement by its name.</summary>
    public static IEnumerable<(string Name, string Sql)> Statements(string dialect)
    {
        var space = $"BrxSync.Sync.Adapters.{dialect}.Statements";
        var declared = Engine.GetTypes().Where(type => type.Namespace == space && !type.IsDefined(typeof(CompilerGeneratedAttribute)));
        return declared.SelectMany(Of).Concat(Inline(dialect)).Where(statement => Verb().IsMatch(statement.Sql));
    }

    private static IEnumerable<(string Name, string Sql)> Of(Type type)
    {
        foreach (var field in type.GetFields(Static).Where(field => field.IsLiteral && !field.IsPrivate))
        {
            if (field.GetRawConstantValue() is string sql)
            {
                yield return ($"{type.Name}.{field.Name}", sql);
            }
        }

        foreach (var property in type.GetProperties(Static).Where(property => !property.GetMethod!.IsPrivate))
        {
            foreach (var statement in OfValue($"{type.Name}.{property.Name}", property.GetValue(null)!))
            {
                yield return statement;
            }
        }

        var methods = type.GetMethods(Static).Where(method => !method.IsSpecialName && !method.IsPrivate);
        foreach (var method in methods.Where(method => method.ReturnType == typeof(string)))
        {
            foreach (var arguments in Arguments(method))
            {
                yield return ($"{type.Name}.{method.Name}", (string)method.Invoke(null, arguments)!);
            }
        }
    }

    /// <summary>A set of statements has some that depend on a table.</summary>
    private static IEnumerable<(string Name, string Sql)> OfValue(string name, object value)
    {
        if (value is string sql)
        {
            return [(name, sql)];
        }

        return value.GetType().GetProperties().SelectMany(property => (property.GetValue(value), property.PropertyType) switch
        {
            (string text, _) => [($"{name}.{property.Name}", text)],
            (Delegate dependent, { IsGenericType: true } type) => Samples(type.GetGenericArguments()[0])
                .Select(argument => ($"{name}.{property.Name}", (string)dependent.DynamicInvoke(argument)!)),
            _ => Array.Empty<(string, string)>(),
        });
    }

    private static IEnumerable<object?[]> Arguments(MethodInfo method) =>
        method.GetParameters().Aggregate(
            (IEnumerable<object?[]>)[[]],
            (known, parameter) => known.SelectMany(
                arguments => Samples(parameter.ParameterType).Select(sample => (object?[])[.. arguments, sample])));

    private static IEnumerable<object?> Samples(Type type) =>
        type.IsEnum ? Enum.GetValues(type).Cast<object?>()
        : type == typeof(string) ? ["x"]
        : type.GetProperty("All", Static) is { } all ? ((IEnumerable)all.GetValue(null)!).Cast<object?>()
        : Nullable.GetUnderlyingType(type) is { } value ? [null, Activator.CreateInstance(value)]
        : [Activator.CreateInstance(type)];

    /// <summary>What stands in the sources outside the classes of statements; what is filled in stays in braces.</summary>
    private static IEnumerable<(string Name, string Sql)> Inline(string dialect) =>
        from path in new[] { dialect, "Sql" }.SelectMany(folder => SourceFiles.Of($"{Folder}/{folder}"))
        where !path.Replace('\\', '/').Contains("/Statements/", StringComparison.Ordinal)
        from match in Literal().Matches(File.ReadAllText(path))
        select (Path.GetFileNameWithoutExtension(path), match.Groups["raw"].Value + match.Groups["line"].Value.Trim());

    [GeneratedRegex(@"^\s*(select|insert|update|delete|with|copy|merge|truncate)\b\s+\S")]
    private static partial Regex Verb();

    [GeneratedRegex(""""
        """(?<raw>.*?)"""|(?<!")"(?<line>(?:select|insert|update|delete|with|copy|merge) [^"\n]*)"
        """", RegexOptions.Singleline)]
    private static partial Regex Literal();
}
