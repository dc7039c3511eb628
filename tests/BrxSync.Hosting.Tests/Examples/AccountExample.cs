using BrxSync.Client.Errors;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guides to accounts and jobs.</summary>
internal static class AccountExample
{
    public static async Task<string?> ConnectAsync(IServiceProvider services, AccountId account, string token)
    {
        // example: connect
        var accounts = services.GetRequiredService<IAccounts>();
        try
        {
            await accounts.ConnectAsync(account, token);
        }
        catch (CardTraderAuthenticationException)
        {
            return "CardTrader does not accept this token.";
        }
        catch (AccountInUseException)
        {
            return "This CardTrader account is linked to another user.";
        }

        // end
        return null;
    }

    public static async Task LiveAsync(IServiceProvider services, AccountId account, TextWriter output)
    {
        var accounts = services.GetRequiredService<IAccounts>();

        // example: life
        await accounts.SuspendAsync(account);
        await accounts.ResumeAsync(account);
        var state = await accounts.FindAsync(account);
        await output.WriteLineAsync(
            $"{state?.Status}, last sync {state?.LastSyncAt:u}, {state?.StopReason ?? state?.LastError ?? "no error"}");
        await accounts.RemoveAsync(account);

        // end
    }

    public static async Task<long> PurgeAsync(IServiceProvider services, AccountId account)
    {
        var accounts = services.GetRequiredService<IAccounts>();

        // example: purge
        await accounts.RemoveAsync(account);
        var rows = await accounts.PurgeAsync(account);

        // end
        return rows;
    }

    public static async Task<Operation> StartAsync(IServiceProvider services, AccountId account, TextWriter output)
    {
        // example: start
        var jobs = services.GetRequiredService<IBrxSyncJobs>();
        var operation = await jobs.StartSyncAsync(account, joinLive: true);
        await output.WriteLineAsync($"Operation {operation.Id} is {operation.Status}.");

        // end
        return operation;
    }

    public static void Configure(BrxSyncBuilder brx)
    {
        // example: configure
        brx.ConfigureJobs(jobs =>
        {
            jobs.BulkSyncLimit = 4;
            jobs.OrdersInterval = TimeSpan.FromMinutes(10);
        });

        // end
    }
}
