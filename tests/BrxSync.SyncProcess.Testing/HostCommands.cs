using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Snapshots;
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
                return $"{(await services.GetRequiredService<AccountService>().ConnectAsync(account, words[1])).Id}";
            case "suspend":
                return $"{(await services.GetRequiredService<AccountService>().SuspendAsync(account)).SuspendedAt is not null}";
            case "resume":
                return $"{(await services.GetRequiredService<AccountService>().ResumeAsync(account)).SuspendedAt is null}";
            case "sync":
                var mode = Enum.Parse<SyncMode>(words.ElementAtOrDefault(1) ?? nameof(SyncMode.Whole));
                var result = await services.GetRequiredService<FullSync>().RunAsync(new SyncRequest { AccountId = account, Mode = mode });
                return $"{result.Status} {result.Error}".Trim();
            case "reconcile":
                return $"{(await services.GetRequiredService<Reconciliation>().RunAsync(account)).Status}";
            case "accept":
                var review = services.GetRequiredService<SnapshotReview>();
                return $"{(await review.AcceptFallAsync(account, (await review.ListAsync(account, 1))[0].OperationId)).IsAccepted}";
            case "zone":
                return $"{TimeZoneInfo.Local.BaseUtcOffset.TotalHours}";
            case "tell":
                return await new StoreReading(services, account).TellAsync();
            case "poll":
                await services.GetRequiredService<OrderPolling>().RunAsync(account);
                return "polled";
            case "settle":
                return await SettleAsync();
            case "clock":
                clock.Error = TimeSpan.FromSeconds(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
                return "set";
            default:
                return WebhookParser.TryParse(Convert.FromBase64String(words[1]), out var webhook, out var fault)
                    ? $"{(await services.GetRequiredService<WebhookIntake>().ReceiveAsync(account, webhook)).Outcome}"
                    : $"failed: {fault}";
        }
    }

    /// <summary>Fetches and reads what is due until nothing is, waiting as the job would.</summary>
    private async Task<string> SettleAsync()
    {
        var (polling, rereading) = (services.GetRequiredService<OrderPolling>(), services.GetRequiredService<Rereading>());
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
