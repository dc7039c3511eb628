using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BrxSync.Testing;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>A WireMock server on a free port of the loopback interface, started once for all contract tests.</summary>
/// <remarks>Its jar comes with the npm package <c>wiremock</c>, whose version <c>package-lock.json</c> fixes.</remarks>
public sealed partial class WireMockFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly string ProjectFolder = RepositoryPaths.At("tests", "BrxSync.Contract.Tests");

    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string emptyFolder = Directory.CreateTempSubdirectory("brxsync-wiremock-").FullName;
    private Process? server;

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public async Task InitializeAsync()
    {
        var jar = await FindJarAsync();
        var start = new ProcessStartInfo("java")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = emptyFolder,
        };
        foreach (var argument in new[]
        {
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--port", "0", "--bind-address", IPAddress.Loopback.ToString(),
            "--root-dir", emptyFolder, "--disable-banner", "--disable-extensions-scanning",
        })
        {
            start.ArgumentList.Add(argument);
        }

        server = Start(start, "Java 11 or newer (Debian: apt-get install default-jre-headless)");
        server.OutputDataReceived += (_, line) => Read(line.Data);
        server.ErrorDataReceived += (_, line) => Read(line.Data);
        server.EnableRaisingEvents = true;
        server.Exited += (_, _) => port.TrySetException(new InvalidOperationException("WireMock ended at once: " + Output()));
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        try
        {
            Address = new Uri($"http://127.0.0.1:{await port.Task.WaitAsync(StartLimit)}/");
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException("WireMock did not start: " + Output(), exception);
        }
    }

    public async Task DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        server?.Dispose();
        Directory.Delete(emptyFolder, recursive: true);
    }

    private static async Task<string> FindJarAsync()
    {
        var folder = Path.Combine(ProjectFolder, "node_modules", "wiremock", "build");
        if (!Directory.Exists(folder))
        {
            var start = new ProcessStartInfo("npm")
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = ProjectFolder,
            };
            foreach (var argument in new[] { "ci", "--ignore-scripts", "--no-audit", "--no-fund" })
            {
                start.ArgumentList.Add(argument);
            }

            using var npm = Start(start, "npm (Debian: apt-get install npm)");
            var texts = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"'npm ci' in {ProjectFolder} failed: {string.Concat(texts)}");
            }
        }

        return Directory.GetFiles(folder, "wiremock-standalone-*.jar").Single();
    }

    private static Process Start(ProcessStartInfo start, string whatIsNeeded)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"The contract tests need {whatIsNeeded}; '{start.FileName}' cannot be started.", exception);
        }
    }

    [GeneratedRegex(@"^port:\s+(\d+)")]
    private static partial Regex PortLine();

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (PortLine().Match(line) is { Success: true } match)
        {
            port.TrySetResult(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        }
    }

    private string Output()
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
