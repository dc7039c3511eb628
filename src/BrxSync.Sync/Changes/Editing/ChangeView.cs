using System.Text.Json;
using System.Text.Json.Nodes;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Shows a change as hosts see it.</summary>
internal static class ChangeView
{
    public static StockChange Of(ChangeRow row)
    {
        var (change, origin, attempt) = (row.Change, row.Origin, row.Attempt);
        return new StockChange
        {
            Id = change.Id,
            ItemId = origin.ItemId,
            ProductId = ProvisionalProduct.Is(change.Product) ? null : change.Product,
            Kind = Enum.Parse<StockChangeKind>(change.Kind.ToString()),
            Status = StatusOf(change.State),
            QuantityDelta = change.Delta,
            HeldBackDelta = change.HeldBack,
            Fields = [.. ChangeContent.NamesOf(change.Fields)],
            Content = origin.Content,
            CarriedBy = change.MergedInto,
            Reference = origin.Reference,
            Actor = origin.Actor,
            OperationId = origin.OperationId,
            Call = attempt.Call,
            JobId = attempt.JobId,
            Attempts = attempt.Attempts,
            NextAttemptAt = change.State is ChangeState.Waiting or ChangeState.InDoubt ? attempt.NotBefore : null,
            ErrorCode = attempt.ErrorCode,
            Error = attempt.Error,
            Remarks = Remarks(attempt.Remarks),
            History = History(row.History),
            CreatedAt = row.CreatedAt,
            Sequence = change.Sequence,
        };
    }

    /// <summary>Writes remarks as they are kept; null for none.</summary>
    public static string? ToJson(IReadOnlyCollection<ChangeRemark> remarks) => remarks.Count == 0
        ? null
        : new JsonArray([.. remarks.Select(remark => new JsonObject { ["field"] = remark.Field, ["message"] = remark.Message })])
            .ToJsonString();

    private static StockChangeStatus StatusOf(ChangeState state) => state switch
    {
        ChangeState.Waiting => StockChangeStatus.Waiting,
        ChangeState.Sent => StockChangeStatus.Sent,
        ChangeState.InDoubt => StockChangeStatus.InDoubt,
        ChangeState.Acknowledged => StockChangeStatus.Done,
        ChangeState.Superseded => StockChangeStatus.Superseded,
        ChangeState.LocalOnly => StockChangeStatus.LocalOnly,
        ChangeState.Reserved => StockChangeStatus.Reserved,
        _ => StockChangeStatus.Failed,
    };

    private static List<ChangeRemark> Remarks(string? json)
    {
        using var document = JsonDocument.Parse(json ?? "[]");
        return [.. document.RootElement.EnumerateArray().Select(
            remark => new ChangeRemark(remark.GetProperty("field").GetString()!, remark.GetProperty("message").GetString()!))];
    }

    /// <summary>Each dialect writes times in its own way: PostgreSQL as a text, SQLite as microseconds.</summary>
    private static List<ChangeMilestone> History(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(entry => new ChangeMilestone(
            StatusOf(StoredWords.ToChangeState(entry.GetProperty("state").GetString()!)),
            entry.GetProperty("at") is { ValueKind: JsonValueKind.Number } number
                ? DateTimeOffset.UnixEpoch.AddMicroseconds(number.GetInt64())
                : entry.GetProperty("at").GetDateTimeOffset()))];
    }
}
