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
                answer = $"failed: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
            }

            await Console.Out.WriteLineAsync(answer);
            await Console.Out.FlushAsync();
        }
    }

    private async Task<string> DoAsync(string[] words)
    {
        switch (words[0])
        {
            case "migrate":
                return $"{await services.GetRequiredService<IStoreMigrator>().MigrateAsync() > 0}";
            case "connect":
                return $"{(await services.GetRequiredService<IAccounts>().ConnectAsync(account, words[1])).Id}";
            case "suspend":
                return $"{(await services.GetRequiredService<IAccounts>().SuspendAsync(account)).SuspendedAt is not null}";
            case "resume":
                return $"{(await services.GetRequiredService<IAccounts>().ResumeAsync(account)).SuspendedAt is null}";
            case "sync":
                var mode = Enum.Parse<SyncMode>(words.ElementAtOrDefault(1) ?? nameof(SyncMode.Whole));
                var result = await services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account, Mode = mode });
                return $"{result.Status} {result.Error}".Trim();
            case "reconcile":
                return $"{(await services.GetRequiredService<IReconciliation>().RunAsync(account)).Status}";
            case "accept":
                var review = services.GetRequiredService<ISnapshotReview>();
                return $"{(await review.AcceptAsync(account, (await review.ListAsync(account, 1))[0].OperationId)).IsAccepted}";
            case "zone":
                return $"{TimeZoneInfo.Local.BaseUtcOffset.TotalHours}";
            case "tell":
                return await new StoreReading(services, account).TellAsync();
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
