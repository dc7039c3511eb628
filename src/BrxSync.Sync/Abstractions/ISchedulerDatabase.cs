using System.Data.Common;
using BrxSync.Sync.Abstractions.Records.Scheduling;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// The database as a scheduler sees it whose triggers all processes share. Implemented by adapters of databases that several machines
/// share; its tables begin with <see cref="TablePrefix"/>.
/// </summary>
internal interface ISchedulerDatabase
{
    /// <summary>The prefix of the scheduler's tables: its own, so that they are never those of a host's scheduler.</summary>
    const string TablePrefix = "brx_qrtz_";

    /// <summary>
    /// Makes a connection of the process's one pool, which takes statements with named values and depends on no setting of the host.
    /// </summary>
    /// <returns>The connection, to be opened asynchronously.</returns>
    DbConnection CreateConnection();

    /// <summary>Makes a command for such a connection.</summary>
    /// <returns>The command.</returns>
    DbCommand CreateCommand();

    /// <summary>Tells the database's time of day.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The time.</returns>
    Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells whether a trigger is stored that has not begun to run, by one read without a lock.</summary>
    /// <param name="scheduler">The scheduler's name.</param>
    /// <param name="name">The trigger's name.</param>
    /// <param name="group">The trigger's group.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Whether it waits, if only for its repetition.</returns>
    Task<bool> IsWaitingAsync(string scheduler, string name, string group, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores triggers and what is missing of their jobs in one step, under the scheduler's lock. One that waits already is left as it is.
    /// The scheduler is not told: its processes find them when they next look.
    /// </summary>
    /// <param name="triggers">The triggers.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when they are stored.</returns>
    Task StoreAsync(NewTriggers triggers, CancellationToken cancellationToken = default);

    /// <summary>Measures what waits to be run over all processes. What waits for its repetition does not.</summary>
    /// <param name="scheduler">The scheduler's name.</param>
    /// <param name="now">The scheduler's time.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Each queue, in parts by the priority of what waits.</returns>
    Task<IReadOnlyList<WaitingTriggers>> MeasureAsync(
        string scheduler, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lists triggers that the scheduler gave up since it could not fire them, at most a thousand.</summary>
    /// <param name="scheduler">The scheduler's name.</param>
    /// <param name="jobClass">The class of their jobs: one that this version does not know is left alone.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The triggers' names and groups.</returns>
    Task<IReadOnlyList<(string Name, string Group)>> ListGivenUpAsync(
        string scheduler, string jobClass, CancellationToken cancellationToken = default);
}
