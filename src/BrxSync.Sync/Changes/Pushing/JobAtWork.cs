using BrxSync.Client.Jobs;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>A job that CardTrader works on.</summary>
/// <param name="Id">The job.</param>
/// <param name="Changes">The changes that it carries out, by their places.</param>
/// <param name="Since">Since when it is asked for, by a clock that nobody can set.</param>
/// <param name="NextPoll">When it is asked for next.</param>
internal sealed record JobAtWork(
    JobId Id, IReadOnlyList<(LocalChange Change, ChangeAttempt Attempt)> Changes, TimeSpan Since, TimeSpan NextPoll);
