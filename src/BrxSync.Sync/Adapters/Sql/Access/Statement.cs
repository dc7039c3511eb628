using System.Data.Common;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>SQL with its values, and what it runs in.</summary>
/// <param name="Sql">The text; it may hold several statements.</param>
/// <param name="Parameters">The values by name.</param>
/// <param name="Transaction">The transaction that it is a part of.</param>
/// <param name="TimeoutSeconds">How long it may take; null for what the connection says.</param>
internal readonly record struct Statement(
    string Sql, Parameters? Parameters = null, DbTransaction? Transaction = null, int? TimeoutSeconds = null)
{
    public DbCommand CreateCommand(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        if (Transaction is not null)
        {
            command.Transaction = Transaction;
        }

        if (TimeoutSeconds is { } seconds)
        {
            command.CommandTimeout = seconds;
        }

        Parameters?.AddTo(command);
        return command;
    }

    /// <summary>Makes a batch of the statements in the text, with values by place.</summary>
    public DbBatch CreateBatch(DbConnection connection)
    {
        var batch = connection.CreateBatch();
        if (Transaction is not null)
        {
            batch.Transaction = Transaction;
        }

        if (TimeoutSeconds is { } seconds)
        {
            batch.Timeout = seconds;
        }

        foreach (var part in PositionalText.Of(Sql))
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = part.Sql;
            Parameters?.AddTo(command, part.Names);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
