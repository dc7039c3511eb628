using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using BrxSync.Sync;

namespace BrxSync.Integration.Tests.Jobs;

/// <summary>A worker as operators start it: the program WorkerHost, configured by its environment.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string? _runtimeConfig;

    private WorkerProcess(Process process, string? runtimeConfig)
    {
        (_process, _runtimeConfig) = (process, runtimeConfig);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Gets what it told.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Its environment.</param>
    /// <param name="switches">Settings of its runtime, as the program of a host may have them.</param>
    public static WorkerProcess Start(
        IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, bool>? switches = null)
    {
        var program = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "WorkerHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "WorkerHost.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        var runtimeConfig = switches is null ? null : Write(Path.ChangeExtension(program, ".runtimeconfig.json"), switches);
        if (runtimeConfig is not null)
        {
            start.ArgumentList.Add("--runtimeconfig");
            start.ArgumentList.Add(runtimeConfig);
        }

        start.ArgumentList.Add(program);
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new WorkerProcess(Process.Start(start)!, runtimeConfig);
    }

    /// <summary>Ends it as the kernel does, without a word to it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as an operator does.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        if (_runtimeConfig is not null)
        {
            File.Delete(_runtimeConfig);
        }
    }

    private static string Write(string original, IReadOnlyDictionary<string, bool> switches)
    {
        var config = JsonNode.Parse(File.ReadAllText(original))!;
        var options = config["runtimeOptions"]!.AsObject();
        var properties = options["configProperties"]?.AsObject() ?? [];
        foreach (var (name, value) in switches)
        {
            properties[name] = value;
        }

        options["configProperties"] = properties.DeepClone();
        var path = Path.Combine(Path.GetTempPath(), $"brxsync-worker-{Guid.NewGuid():N}.runtimeconfig.json");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
