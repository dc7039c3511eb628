using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using static BrxSync.Sync.Adapters.PostgreSql.StockBatch;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Turns what a step writes of jobs into statements.</summary>
internal static class JobRetryWriter
{
    public static void Add(StockBatch batch, StockWrites writes)
    {
        foreach (var (retry, error, at) in writes.GivenUpJobs)
        {
            var kind = StoredWords.Of(retry.Kind);
            batch.Add(
                JobRetryQueries.GiveUp,
                Text(kind),
                Text(retry.OperationId),
                Integer(retry.Attempts),
                StockBatch.Time(retry.FirstFailedAt),
                StockBatch.Time(retry.NotBefore));
            batch.Add(JobRetryQueries.FailOperation, Text(kind), Text(retry.OperationId), Text(error), StockBatch.Time(at));
        }

        if (writes.EndedRetries is { Count: > 0 } ended)
        {
            batch.Add(JobRetryQueries.End, Texts(ended, StoredWords.Of));
        }

        if (writes.QueuedSync is { } sync)
        {
            batch.Add(JobRetryQueries.QueueSync, Text(sync.OperationId), Text(sync.TraceParent), StockBatch.Time(sync.At));
        }
    }
}
