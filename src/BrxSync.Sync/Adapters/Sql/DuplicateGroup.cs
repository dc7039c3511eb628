using System.Globalization;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A product id that was staged more than once.</summary>
internal sealed class DuplicateGroup
{
    private const int IdsKept = 100;

    public string Id { get; init; } = string.Empty;

    public long Rows { get; init; }

    public long Variants { get; init; }

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
