using BrxSync.Client.Webhooks;
using BrxSync.Sync;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

/// <summary>A process that does what it is told, a line at a time, and answers each with a line; its wall clock can be set.</summary>
internal sealed class HostCommands(IServiceProvider services, HostClock clock, AccountId account)
{
    private const int MostRounds = 30;

    public async Task RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line && line != "quit")
        {
            string answer;
            try
            {
                answer = await DoAsync(line.Split(' '));
            }
            catch (Exception exception)
            {
                answer = $"failed: {exception.Message.ReplaceLineEndings(" ")}";
            }

            await Console.Out.WriteLineAsync(answer);
            await Console.Out.FlushAsync();
        }
    }

    private async Task<string> DoAsync(string[] words)
    {
        switch (words[0])
        {
            case "sync":
                var result = await services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account });
                return $"{result.Status} {result.Error}".Trim();
            case "poll":
                await services.GetRequiredService<IOrderPolling>().RunAsync(account);
                return "polled";
            case "settle":
                return await SettleAsync();
            case "clock":
                clock.Error = TimeSpan.FromSeconds(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
                return "set";
            default:
                return WebhookParser.TryParse(Convert.FromBase64String(words[1]), out var webhook, out var fault)
                    ? $"{(await services.GetRequiredService<IWebhooks>().ReceiveAsync(account, webhook)).Outcome}"
                    : $"failed: {fault}";
        }
    }

    /// <summary>Fetches and reads what is due until nothing is, waiting as the job would.</summary>
    private async Task<string> SettleAsync()
    {
        var (polling, rereading) = (services.GetRequiredService<IOrderPolling>(), services.GetRequiredService<IRereads>());
        for (var round = 0; round < MostRounds; round++)
        {
            var fetched = await polling.FetchRequestedAsync(account);
            var read = await rereading.RunAsync(account);
            if (fetched == 0 && read is { Blueprints: 0, NextIn: null })
            {
                return "settled";
            }

            if (read.NextIn is { } wait)
            {
                await Task.Delay(wait, clock);
            }
        }

        return "failed: something is due for ever";
    }
}
