using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>pending_changes</c> as it is read; times in microseconds.</summary>
internal static class StoredChange
{
    public static ChangeRow Read(RowReader row)
    {
        var id = row.Uuid("Id");
        return new ChangeRow
        {
            Change = Change(row, id),
            Origin = new ChangeOrigin
            {
                ItemId = row.Number("Item"),
                MadeAt = row.Time("CreatedAt"),
                Content = row.TextOrNull("Content"),
                Reference = row.TextOrNull("Reference"),
                Actor = row.TextOrNull("Actor"),
                OperationId = row.TextOrNull("OperationId"),
                TraceParent = row.TextOrNull("TraceParent"),
            },
            Attempt = new ChangeAttempt
            {
                Id = id,
                Content = row.TextOrNull("Content"),
                Call = row.TextOrNull("Call"),
                JobId = row.TextOrNull("JobId"),
                JobIndex = row.IntegerOrNull("JobIndex"),
                Attempts = row.Integer("Attempts"),
                NotBefore = row.TimeOrNull("NotBefore"),
                IsAlone = row.Flag("IsAlone"),
                ErrorCode = row.TextOrNull("ErrorCode"),
                Error = row.TextOrNull("Error"),
                Remarks = row.TextOrNull("Remarks"),
            },
            History = row.Text("History"),
            CreatedAt = row.Time("CreatedAt"),
            UpdatedAt = row.TimeOrNull("UpdatedAt"),
        };
    }

    private static LocalChange Change(RowReader row, Guid id) => new()
    {
        Id = id,
        Product = new ProductId(long.Parse(row.Text("Product"), CultureInfo.InvariantCulture)),
        Kind = StoredWords.ToChangeKind(row.Text("Kind")),
        Sequence = row.Number("Sequence"),
        Delta = row.Integer("Delta"),
        Fields = (ItemFields)row.Integer("Fields"),
        State = StoredWords.ToChangeState(row.Text("State")),
        MergedInto = row.TextOrNull("MergedInto") is { } carrier ? Guid.Parse(carrier) : null,
        SentAt = row.TimeOrNull("SentAt"),
        AnsweredAt = row.TimeOrNull("AnsweredAt"),
        Baseline = row.TimeOrNull("BaselineFrom") is { } from
            ? new Reading(new SnapshotWindow(from, row.Time("BaselineTo")), row.Integer("BaselineQuantity"))
            : null,
        IsReservation = row.Flag("IsReservation"),
        HeldBack = row.Integer("HeldBack"),
        Short = row.Integer("Short"),
    };
}
