using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BrxSync.Client;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// Answers of the catalogue that processes share. Many are read and written as single commands that are sent together: in a cluster they
/// belong to different servers. Whatever goes wrong costs a query of the database.
/// </summary>
internal sealed class RedisCatalogCache(RedisConnection connection, IOptions<RedisOptions> options, TimeProvider time) : ICatalogCache
{
    private const string Version = "1";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private long _failedAt;
    private volatile bool _fails;

    public async Task<IReadOnlyList<CatalogMatch?>> GetManyAsync(
        string scope, IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
    {
        var prefix = PrefixOf(scope);
        var values = await RunAsync(
            database => Task.WhenAll(blueprintIds.Select(id => database.StringGetAsync(KeyOf(prefix, id), CommandFlags.PreferReplica))),
            cancellationToken).ConfigureAwait(false);
        return [.. values.Select(static value => Read(value))];
    }

    public async Task SetManyAsync(
        string scope, IReadOnlyList<CatalogCacheEntry> entries, CancellationToken cancellationToken = default)
    {
        var prefix = PrefixOf(scope);
        await RunAsync(
            database => Task.WhenAll(entries.Select(
                entry => database.StringSetAsync(KeyOf(prefix, entry.BlueprintId), Write(entry.Match), entry.TimeToLive))),
            cancellationToken).ConfigureAwait(false);
    }

    // What cannot be read, such as an answer of a later version, is none.
    private static CatalogMatch? Read(RedisValue value)
    {
        var parts = ((string?)value)?.Split('|') ?? [];
        return parts switch
        {
            ["unknown"] => CatalogMatch.Unknown,
            ["mapped", var table, var id] when long.TryParse(id, CultureInfo.InvariantCulture, out var row) =>
                CatalogMatch.Mapped(new CatalogPrint(table, row)),
            ["excluded", var table, var id] when long.TryParse(id, CultureInfo.InvariantCulture, out var row) =>
                CatalogMatch.Excluded(new CatalogPrint(table, row)),
            _ => null,
        };
    }

    private static string Write(CatalogMatch match) => match.Print is not { } print
        ? "unknown"
        : string.Create(
            CultureInfo.InvariantCulture, $"{(match.Kind == CatalogMatchKind.Mapped ? "mapped" : "excluded")}|{print.Table}|{print.Id}");

    private static RedisKey KeyOf(string prefix, BlueprintId id) => prefix + id.Value.ToString(CultureInfo.InvariantCulture);

    private string PrefixOf(string scope) =>
        $"{options.Value.KeyPrefix}:catalog:{Version}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scope)).AsSpan(0, 8))}:";

    private async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> run, CancellationToken cancellationToken)
    {
        // A server that is away would cost every batch the time it is waited for.
        if (_fails && time.GetElapsedTime(Interlocked.Read(ref _failedAt)) < Rest)
        {
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "Redis was away a moment ago.");
        }

        try
        {
            var running = RunAsync(run);
            _ = running.ContinueWith(
                static late => late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var result = await running.WaitAsync(Limit, time, cancellationToken).ConfigureAwait(false);
            _fails = false;
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
            _fails = true;
            throw;
        }
    }

    private async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> run) =>
        await run(await connection.GetDatabaseAsync().ConfigureAwait(false)).ConfigureAwait(false);
}
