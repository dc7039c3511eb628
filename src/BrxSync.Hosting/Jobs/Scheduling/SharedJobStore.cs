using System.Data.Common;
using BrxSync.Hosting.Configuration;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;
using Quartz.Impl.AdoJobStore;
using Quartz.Impl.AdoJobStore.Common;

namespace BrxSync.Hosting.Jobs.Scheduling;

/// <summary>
/// Keeps jobs and triggers in the database, where all processes share them: each is run by one of them, and what one that is gone had begun
/// is taken over by another.
/// </summary>
internal static class SharedJobStore
{
    /// <summary>How many signs of life fit into the time after which a process counts as gone.</summary>
    private const int Signs = 3;

    public static void Use(IQuartzBuilder quartz)
    {
        quartz.UsePersistentStore(store =>
        {
            store.UseConnectionProvider(provider => new ConnectionProvider(provider.GetRequiredService<ISchedulerDatabase>()));
            store.UseDriverDelegate<PostgreSQLDelegate>();
            store.UseClustering();
            store.ConfigureStore(options =>
            {
                options.TablePrefix = ISchedulerDatabase.TablePrefix;
                options.UseBackgroundThreads = true;
                options.StoreJobDataAsStrings = true;

                // A job that a shutdown cancels goes on in another process at once.
                options.RecoverFiringsCancelledByShutdown = true;
            });
        });
        quartz.ConfigureScheduler(scheduler =>
            scheduler.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}");
        quartz.Services.AddOptions<QuartzSchedulerOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((scheduler, jobs) => scheduler.IdleWaitTime = jobs.ValueOrDefaults().PollInterval);
        quartz.Services.AddOptions<ClusteringOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((clustering, jobs) =>
            {
                var timeout = jobs.ValueOrDefaults().ProcessTimeout;
                clustering.CheckinInterval = timeout / Signs;
                clustering.CheckinMisfireThreshold = timeout - clustering.CheckinInterval;
            });
        quartz.Services.AddOptions<AdoJobStoreOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((store, jobs) => store.MisfireThreshold = jobs.ValueOrDefaults().MisfireThreshold);
    }

    /// <summary>Gives the scheduler connections of the process's one pool.</summary>
    private sealed class ConnectionProvider(ISchedulerDatabase database) : IDbProvider
    {
        public string ConnectionString => string.Empty;

        public DbMetadata Metadata { get; } = new()
        {
            ProductName = "PostgreSQL",
            ParameterNamePrefix = "@",
            UseParameterNamePrefixInParameterCollection = true,
            BindByName = true,
        };

        public DbConnection CreateConnection() => database.CreateConnection();

        public DbCommand CreateCommand() => database.CreateCommand();

        public void Shutdown()
        {
            // The pool is the host's, and ends with it.
        }
    }
}
