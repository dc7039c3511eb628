using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>One statement of a batch of the scheduler, with named values until it is sent.</summary>
internal sealed class SchedulerBatchCommand : DbBatchCommand
{
    // Holds the values; it is never run.
    private readonly NpgsqlBatchCommand _values = new();
    private int _recordsAffected = -1;

    [AllowNull]
    public override string CommandText
    {
        get;
        set => field = value ?? string.Empty;
    } = string.Empty;

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override int RecordsAffected => _recordsAffected;

    public override bool CanCreateParameter => true;

    /// <summary>Gets the values.</summary>
    public NpgsqlParameterCollection Values => _values.Parameters;

    protected override DbParameterCollection DbParameterCollection => _values.Parameters;

    public override DbParameter CreateParameter() => _values.CreateParameter();

    /// <summary>Notes how many rows it has changed.</summary>
    public void Affected(int records) => _recordsAffected = records;
}
