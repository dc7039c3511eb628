using System.Runtime.InteropServices;
using System.Text.Json;

namespace BrxSync.Simulator.Hosting;

/// <summary>
/// The simulator as a program. No top-level statements: their public <c>Program</c> would meet that of a web application under test.
/// </summary>
internal static class SimulatorProgram
{
    public static async Task<int> Main(string[] args)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(args);
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException or FormatException
            or JsonException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await Console.Error.WriteLineAsync("Run with --help for all options.").ConfigureAwait(false);
            return 2;
        }

        if (line.Help)
        {
            Console.WriteLine(CommandLine.HelpText);
            return 0;
        }

        // Before the first line is printed: who reads it may send the signal at once.
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        CardTraderSimulatorHost host;
        try
        {
            host = await CardTraderSimulatorHost.StartAsync(line.Options).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 1;
        }

        await using (host.ConfigureAwait(false))
        {
            Describe(host);
            await asked.Task.ConfigureAwait(false);
        }

        return 0;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            asked.TrySetResult();
        }
    }

    private static void Describe(CardTraderSimulatorHost host)
    {
        Console.WriteLine($"Simulated marketplace: {host.BaseAddress}");
        Console.WriteLine($"Control interface:     {host.ControlAddress}");
        foreach (var seller in host.Sellers)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"Seller {seller.Name}: user {seller.UserId}, {seller.ProductCount} products, token {seller.Token}, secret {seller.SharedSecret}"));
        }
    }
}
