using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// One of the scripts beside this. The driver sends its hash, and the text when the server does not know it; that it did not know it means
/// that nothing was done. Nothing else is ever sent twice.
/// </summary>
internal sealed class RedisScript
{
    private readonly string _text;

    private RedisScript(string name)
    {
        Name = name;
        _text = Read("token") + Read(name);
    }

    public static RedisScript Acquire { get; } = new("acquire");

    public static RedisScript Complete { get; } = new("complete");

    public static RedisScript Join { get; } = new("join");

    /// <summary>Reads the state, and changes nothing that anybody could tell.</summary>
    public static RedisScript State { get; } = new("read");

    public string Name { get; }

    public Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values) =>
        database.ScriptEvaluateAsync(_text, keys, values, CommandFlags.DemandMaster);

    private static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"BrxSync.Sync.Adapters.Redis.Scripts.{name}.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
