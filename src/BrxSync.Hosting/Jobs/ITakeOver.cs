using BrxSync.Sync;

namespace BrxSync.Hosting.Jobs;

/// <summary>A handler whose work, once begun, is to be done to its end by whoever takes it over.</summary>
internal interface ITakeOver : IJobHandler
{
    /// <summary>Goes on with what a process that was stopped or is gone had begun.</summary>
    Task TakeOverAsync(AccountId accountId, CancellationToken cancellationToken);
}
