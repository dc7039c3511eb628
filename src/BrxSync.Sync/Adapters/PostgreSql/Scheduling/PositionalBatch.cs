using BrxSync.Sync.Adapters.Sql.Access;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>Statements of the scheduler on their way: with values by place, behind the limit of their transaction.</summary>
internal static class PositionalBatch
{
    /// <summary>Begins one on the connection of the pool that somebody holds.</summary>
    public static NpgsqlBatch Begin(SchedulerConnection? connection, SchedulerTransaction? transaction, int timeoutSeconds)
    {
        var taken = connection?.Taken ?? throw new InvalidOperationException("The statement has no connection.");
        var batch = new NpgsqlBatch(taken, transaction?.Taken);
        if (timeoutSeconds > 0)
        {
            batch.Timeout = timeoutSeconds;
        }

        if (transaction?.NeedsLimit() == true)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(SchedulerTransaction.Limit));
        }

        return batch;
    }

    /// <summary>Adds what a text says, with those of the values that it names.</summary>
    public static void Add(this NpgsqlBatch batch, string text, NpgsqlParameterCollection values)
    {
        foreach (var part in PositionalText.Of(text))
        {
            var statement = new NpgsqlBatchCommand(part.Sql);
            foreach (var name in part.Names)
            {
                var value = values[name].Clone();
                value.ParameterName = string.Empty;
                statement.Parameters.Add(value);
            }

            batch.BatchCommands.Add(statement);
        }
    }
}
