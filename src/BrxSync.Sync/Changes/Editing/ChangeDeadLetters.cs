using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>The dead letters of changes: to replay one makes the change anew.</summary>
internal sealed class ChangeDeadLetters : IDeadLetterSource
{
    public string Name => DeadLetterSources.Changes;

    public StockScope ScopeOf(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        using var payload = JsonDocument.Parse(letter.Payload);
        var product = new ProductId(payload.RootElement.GetProperty("product").GetInt64());
        return new StockScope { ForChanges = true, ItemIds = letter.ItemId is { } item ? [item] : [], Products = [product] };
    }

    public StockWrites Replay(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(letter);
        using var payload = JsonDocument.Parse(letter.Payload);
        var root = payload.RootElement;
        var product = new ProductId(root.GetProperty("product").GetInt64());
        var item = letter.ItemId ?? step.Loaded!.Details.GetValueOrDefault(product)?.Id
            ?? (ProvisionalProduct.Is(product) ? ProvisionalProduct.ItemOf(product) : 0);
        var content = root.GetProperty("content") is { ValueKind: JsonValueKind.Object } written
            ? ChangeContent.Parse(item, written.GetRawText())
            : null;
        var batch = new EditBatch(step);
        var faults = batch.Repeat(
            item,
            StoredWords.ToChangeKind(root.GetProperty("kind").GetString()!),
            root.GetProperty("delta").GetInt32(),
            content,
            new ChangeContext { Actor = "dead letter", OperationId = letter.Id.ToString("D") });
        return faults.Count == 0
            ? batch.Writes()
            : throw new DeadLetterNotReplayableException(
                $"Dead letter {letter.Id} cannot be replayed: {string.Join(' ', faults.Select(fault => fault.Message))}");
    }

    public StockWrites Discard(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Writes();
    }

    public WorkKind? JobOf(DeadLetter letter) => null;
}
