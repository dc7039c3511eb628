using System.Diagnostics;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance;

/// <summary>
/// A process of its own on the store of a test, in the folder that its project is built to, with the same configuration as ours.
/// </summary>
internal sealed class SyncProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SyncProcess(Process process) => _process = process;

    private static string Program => Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "BrxSync.SyncProcess.Testing",
        new DirectoryInfo(AppContext.BaseDirectory).Name,
        "BrxSync.SyncProcess.Testing.dll");

    /// <summary>Starts the program.</summary>
    public static Process Start(string store, Uri marketplace, AccountId account, string mode, string? settings = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["TZ"] = settings is null ? "UTC" : "Europe/Rome";
        string[] arguments = [Program, store, marketplace.ToString(), account.ToString(), StoreUnderTest.Key, mode, settings ?? "none"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Starts a host that does what it is told.</summary>
    public static SyncProcess StartHost(string store, Uri marketplace, AccountId account) =>
        new(Start(store, marketplace, account, "host"));

    /// <summary>Starts such a host with process-wide settings of its own, in a time zone that is not UTC.</summary>
    public static SyncProcess StartGuest(string store, Uri marketplace, AccountId account, string settings) =>
        new(Start(store, marketplace, account, "host", settings));

    /// <summary>Tells the host to do something, and gives its answer.</summary>
    public async Task<string> DoAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The process ended at: {command}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
