using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to drift reports.</summary>
internal static class ReconciliationExample
{
    public static async Task<DriftReport?> CompareAsync(
        IServiceProvider services, AccountId account, TextWriter output, CancellationToken cancellationToken)
    {
        // example: drift
        var result = await services.GetRequiredService<IReconciliation>().RunAsync(account, cancellationToken);
        var report = await services.GetRequiredService<IDriftReports>().FindAsync(result.OperationId, cancellationToken);
        foreach (var finding in report?.Findings ?? [])
        {
            await output.WriteLineAsync($"{finding.Kind}: {finding.Count}");
            foreach (var sample in finding.Samples)
            {
                await output.WriteLineAsync(
                    $"  product {sample.ProductId}: here {sample.Local ?? "none"}, at CardTrader {sample.Remote ?? "none"}");
            }
        }

        // end
        return report;
    }
}
