using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Compares what a database has with what this version brings.</summary>
internal static partial class MigrationPlan
{
    /// <summary>Gives the migrations to apply.</summary>
    /// <exception cref="StoreMigrationException">The database is newer, or an applied migration differs from ours.</exception>
    public static IEnumerable<MigrationScript> Missing(
        IReadOnlyList<MigrationScript> scripts, IReadOnlyDictionary<int, string> applied)
    {
        if (applied.Count > scripts.Count)
        {
            throw new StoreMigrationException(
                $"The database has {applied.Count} migrations, this version of BrxSync knows {scripts.Count}: use the version that wrote it, or a newer one.");
        }

        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Number, out var checksum) && checksum != script.Checksum)
            {
                throw new StoreMigrationException(
                    $"Migration {script.Name} was applied to this database in another form (checksum {checksum}, ours is {script.Checksum}). Nothing was changed.");
            }
        }

        return scripts.Where(script => !applied.ContainsKey(script.Number));
    }

    public static void LogApplied(ILogger logger, MigrationScript script) => Log.MigrationApplied(logger, script.Name);

    private static partial class Log
    {
        [LoggerMessage(EventIds.MigrationApplied, LogLevel.Information, "Migration {Name} applied")]
        public static partial void MigrationApplied(ILogger logger, string name);
    }
}
