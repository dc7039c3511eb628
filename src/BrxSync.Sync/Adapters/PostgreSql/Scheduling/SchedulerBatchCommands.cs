using System.Data.Common;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>The statements of a batch.</summary>
internal sealed class SchedulerBatchCommands : DbBatchCommandCollection
{
    private readonly List<SchedulerBatchCommand> _all = [];

    public override int Count => _all.Count;

    public override bool IsReadOnly => false;

    public override IEnumerator<DbBatchCommand> GetEnumerator() => _all.GetEnumerator();

    public override void Add(DbBatchCommand item) => _all.Add((SchedulerBatchCommand)item);

    public override void Clear() => _all.Clear();

    public override bool Contains(DbBatchCommand item) => _all.Contains(item);

    public override void CopyTo(DbBatchCommand[] array, int arrayIndex)
    {
        foreach (var command in _all)
        {
            array[arrayIndex++] = command;
        }
    }

    public override bool Remove(DbBatchCommand item) => _all.Remove((SchedulerBatchCommand)item);

    public override int IndexOf(DbBatchCommand item) => _all.IndexOf((SchedulerBatchCommand)item);

    public override void Insert(int index, DbBatchCommand item) => _all.Insert(index, (SchedulerBatchCommand)item);

    public override void RemoveAt(int index) => _all.RemoveAt(index);

    protected override DbBatchCommand GetBatchCommand(int index) => _all[index];

    protected override void SetBatchCommand(int index, DbBatchCommand batchCommand) => _all[index] = (SchedulerBatchCommand)batchCommand;
}
