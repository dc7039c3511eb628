using QuickStart.Display;
using Spectre.Console;

namespace QuickStart;

/// <summary>The program: options, what they mean, exit code.</summary>
internal static class QuickStartProgram
{
    private const int Equal = 0;
    private const int Different = 1;
    private const int WrongOption = 2;

    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter errors, bool terminal = false, CancellationToken cancellationToken = default)
    {
        var options = QuickStartArguments.Parse(arguments, out var faults);
        if (options.ShowHelp)
        {
            await output.WriteLineAsync(QuickStartArguments.Help);
            return Equal;
        }

        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await errors.WriteLineAsync(fault);
            }

            await errors.WriteLineAsync("--help lists the options.");
            return WrongOption;
        }

        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ConsoleCancelEventHandler cancel = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            IDisplay display = terminal ? new TerminalDisplay(AnsiConsole.Console) : new PlainDisplay(output, TimeProvider.System);
            return await new SyncDemo(options, display).RunAsync(interrupted.Token) ? Equal : Different;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Interrupted. Nothing of the sync under way was applied.");
            return Different;
        }
        catch (Exception exception)
        {
            await errors.WriteLineAsync($"{exception.GetType().Name}: {exception.Message}");
            return Different;
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }
}
