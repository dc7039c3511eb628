using System.Globalization;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A product id that was staged more than once.</summary>
internal sealed record DuplicateGroup(string Id, long Rows, long Variants)
{
    private const int IdsKept = 100;

    public static DuplicateGroup Read(RowReader row) => new(row.Text("Id"), row.Number("Rows"), row.Number("Variants"));

    public static DuplicateProducts Summarize(IEnumerable<DuplicateGroup> groups)
    {
        long copies = 0, conflicting = 0;
        var ids = new List<long>();
        foreach (var group in groups)
        {
            if (group.Variants == 1)
            {
                copies += group.Rows - 1;
                continue;
            }

            conflicting += group.Rows;
            if (ids.Count < IdsKept)
            {
                ids.Add(long.Parse(group.Id, CultureInfo.InvariantCulture));
            }
        }

        return new DuplicateProducts(copies, conflicting, ids);
    }
}
