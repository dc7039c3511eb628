using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>The server was reached, but its sessions or the database are none to work on. The message says why and what to do.</summary>
internal sealed class UnsuitableDatabaseException(string message, Exception? innerException = null)
    : NpgsqlException(message, innerException);
