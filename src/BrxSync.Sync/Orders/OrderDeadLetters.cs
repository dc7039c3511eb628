using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.Orders;

/// <summary>The dead letters of orders: those that could not be fetched, and rows of the list that could not be read.</summary>
internal sealed class OrderDeadLetters : IDeadLetterSource
{
    public string Name => DeadLetterSources.Orders;

    public StockScope ScopeOf(DeadLetter letter) => new();

    /// <summary>Asks for the order again; of a row nobody knows the order, so the orders are read as far back as ever.</summary>
    public StockWrites Replay(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Kind switch
        {
            DeadLetterKinds.OrderFetch => step.Writes() with { FetchesAnew = [OrderOf(letter)] },
            DeadLetterKinds.UnreadableOrder => step.Writes() with { AsksForDeepPoll = true },
            _ => throw new DeadLetterNotReplayableException(
                $"Dead letter {letter.Id} is of kind {letter.Kind}, which this version does not know: replay it with a version that does, or discard it."),
        };
    }

    public StockWrites Discard(StockStep step, DeadLetter letter) => step.Writes();

    public WorkKind? JobOf(DeadLetter letter) => letter.Kind == DeadLetterKinds.UnreadableOrder ? WorkKind.Orders : null;

    /// <summary>Gives the keys of the letters that orders would have.</summary>
    public static DeadLetterKey[] Keys(IEnumerable<OrderId> orders) => [.. orders.Select(KeyOf)];

    public static DeadLetterKey KeyOf(OrderId order) => new(DeadLetterSources.Orders, order.ToString());

    /// <summary>
    /// Tells whether a poll leaves an order or a row alone: it was given up, and nobody wanted it back. Only what is news of it, which is
    /// a webhook, has it fetched again.
    /// </summary>
    public static bool IsGivenUp(StockStep step, DeadLetterKey key) =>
        step.FindDeadLetter(key) is { Status: DeadLetterStatus.Open or DeadLetterStatus.Discarded };

    /// <summary>Makes the letter of an order that cannot be fetched.</summary>
    public static DeadLetterEntry Of(DueFetch fetch, Exception exception) => new()
    {
        Key = KeyOf(fetch.Order),
        Kind = DeadLetterKinds.OrderFetch,
        Attempts = fetch.Attempts + 1,
        ErrorCode = exception switch
        {
            CardTraderResponseException => "UNREADABLE_ORDER",
            CardTraderTimeoutException => "CARDTRADER_TIMEOUT",
            CardTraderException => "CARDTRADER_API_ERROR",
            _ => "ORDER_NOT_APPLIED",
        },
        Error = exception.Message,
        Payload = new JsonObject
        {
            ["order_id"] = fetch.Order.Value,
            ["upstream_status"] = (exception as CardTraderException)?.StatusCode is { } status ? (int)status : null,
            ["upstream_code"] = (exception as CardTraderException)?.ErrorCode,
            ["request_id"] = (exception as CardTraderException)?.RequestId,
        }.ToJsonString(),
    };

    /// <summary>Makes the letter of a row that cannot be read and does not say which order it is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="page">The page that it was found in.</param>
    public static DeadLetterEntry Of(UnreadableRow row, OrderPage page) => new()
    {
        Key = KeyOf(row),
        Kind = DeadLetterKinds.UnreadableOrder,
        Attempts = 1,
        ErrorCode = "UNREADABLE_ORDER",
        Error = row.Fault,
        Payload = new JsonObject
        {
            ["code"] = CodeOf(row),
            ["walk_from"] = page.Walk.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["walk_after"] = page.Walk.AfterId?.Value,
            ["page"] = page.Number,
            ["row"] = row.Index,
            ["rows"] = page.Orders.RowCount,
        }.ToJsonString(),
    };

    /// <summary>Names a row by the order's code, which stays; else by its content, which is another when the order has changed.</summary>
    public static DeadLetterKey KeyOf(UnreadableRow row) => new(
        DeadLetterSources.Orders,
        CodeOf(row) is { } code
            ? $"code {code}"
            : $"row {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Value.GetRawText())))[..32]}");

    /// <summary>Gives the id of the order that a row is about, where that at least can be read.</summary>
    public static OrderId? FindOrder(UnreadableRow row) =>
        Find(row, "id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var value) && value > 0 ? new OrderId(value) : null;

    private static OrderId OrderOf(DeadLetter letter) => new(long.Parse(letter.Subject, CultureInfo.InvariantCulture));

    private static string? CodeOf(UnreadableRow row)
    {
        try
        {
            return Find(row, "code") is { ValueKind: JsonValueKind.String } code && code.GetString() is { Length: > 0 and <= 64 } text
                && text.All(char.IsAsciiLetterOrDigit)
                    ? text
                    : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character is no text.
            return null;
        }
    }

    private static JsonElement? Find(UnreadableRow row, string name)
    {
        try
        {
            return row.Value.ValueKind == JsonValueKind.Object && row.Value.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A name with half of a character in it cannot be compared.
            return null;
        }
    }
}
