using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace BrxSync.Benchmarks.SharedLimiter;

/// <summary>A Redis server of its own, on a free port of this machine, which can be hurt.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-redis-");
    private readonly int _port = FreePort();
    private Process _server;

    private RedisProcess() => _server = Start();

    public string Address => $"127.0.0.1:{_port}";

    public static async Task<RedisProcess> StartAsync()
    {
        var server = new RedisProcess();
        await server.AwaitAsync();
        return server;
    }

    /// <summary>Reads how many scripts it has run, and how many seconds of processor time it has used.</summary>
    public async Task<(long Scripts, double Seconds)> ReadAsync()
    {
        await using var connection = await ConnectAsync();
        var server = connection.GetServers()[0];
        var cpu = (await server.InfoAsync("cpu")).SelectMany(section => section)
            .Where(entry => entry.Key is "used_cpu_sys" or "used_cpu_user")
            .Sum(entry => double.Parse(entry.Value, CultureInfo.InvariantCulture));
        var scripts = (await server.InfoAsync("commandstats")).SelectMany(section => section)
            .Where(entry => entry.Key is "cmdstat_evalsha" or "cmdstat_eval")
            .Sum(entry => long.Parse(entry.Value.Split(',')[0].Split('=')[1], CultureInfo.InvariantCulture));
        return (scripts, cpu);
    }

    public async Task HurtAsync(string how, TimeSpan away)
    {
        switch (how)
        {
            case "kill":
                _server.Kill();
                await _server.WaitForExitAsync();
                await Task.Delay(away);
                _server = Start();
                await AwaitAsync();
                break;
            case "stop":
                await SignalAsync("STOP");
                await Task.Delay(away);
                await SignalAsync("CONT");
                break;
            case "flush":
                await ExecuteAsync("FLUSHALL");
                break;
            case "pause":
                await ExecuteAsync("CLIENT", "PAUSE", (long)away.TotalMilliseconds, "ALL");
                await Task.Delay(away);
                break;
            default:
                throw new ArgumentException($"No such fault: {how}.", nameof(how));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start() => Process.Start(new ProcessStartInfo(
        "redis-server",
        [
            "--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--dir", _folder.FullName,
            "--save", "", "--appendonly", "no",
        ])
        {
            RedirectStandardOutput = true,
        })!;

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task ExecuteAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectAsync();
        await connection.GetServers()[0].ExecuteAsync(command, arguments);
    }

    private async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true,connectTimeout=500,abortConnect=false");

    private async Task AwaitAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            await using var connection = await ConnectAsync();
            if (connection.IsConnected)
            {
                return;
            }
        }

        throw new InvalidOperationException("redis-server does not start; is it installed?");
    }
}
