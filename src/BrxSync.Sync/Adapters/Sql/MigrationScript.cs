using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>One numbered, embedded migration. Its checksum ignores line ends, which a checkout may change.</summary>
internal sealed record MigrationScript(int Number, string Name, string Sql)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Reads the scripts of one adapter folder, in order: 0001_name.sql, 0002_name.sql, ...</summary>
    public static IReadOnlyList<MigrationScript> Load(string adapter)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var prefix = $"{assembly.GetName().Name}.Adapters.{adapter}.Migrations.";
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
            .ToArray();
        for (var i = 0; i < scripts.Length; i++)
        {
            if (scripts[i].Number != i + 1)
            {
                throw new InvalidOperationException($"Migration {i + 1} of {adapter} is missing.");
            }
        }

        return scripts;
    }

    private static MigrationScript Read(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new MigrationScript(
            int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
