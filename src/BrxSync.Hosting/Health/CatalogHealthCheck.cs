using BrxSync.Sync;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>
/// Asks the catalogue for nothing, in all of its tables. One that does not answer stops syncs, not the service, so it only degrades it.
/// </summary>
internal sealed class CatalogHealthCheck(ICatalog catalog, TimeProvider time) : IHealthCheck
{
    public const string Name = "brxsync-catalog";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Some providers block instead of waiting: away from the caller's thread, and not for longer than the limit.
            await Task.Run(() => catalog.CheckAsync(cancellationToken), cancellationToken).WaitAsync(Limit, time, cancellationToken)
                .ConfigureAwait(false);
            return HealthCheckResult.Healthy("ok");
        }
        catch (TimeoutException)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"The catalogue did not answer within {Limit.TotalSeconds:0} seconds.");
        }
        catch (CatalogUnavailableException exception)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                exception.IsTransient
                    ? "The catalogue does not answer."
                    : "The catalogue cannot be used as it is configured; the log says why.",
                exception);
        }
    }
}
