using System.Collections;
using System.Net;
using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client;

/// <summary>The rows of a list CardTrader sent: those that could be read, and apart from them those that could not.</summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed class CardTraderList<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> _rows;
    private readonly string _operation;

    /// <summary>Makes a list.</summary>
    /// <param name="rows">The rows that could be read.</param>
    /// <param name="unreadable">The rows that could not.</param>
    /// <param name="operation">The call that answered the list, for example <c>GET /orders</c>.</param>
    public CardTraderList(IReadOnlyList<T> rows, IReadOnlyList<UnreadableRow>? unreadable = null, string operation = "The call")
    {
        ArgumentNullException.ThrowIfNull(rows);
        _rows = rows;
        _operation = operation;
        Unreadable = unreadable ?? [];
    }

    /// <summary>Gets the number of rows that could be read.</summary>
    public int Count => _rows.Count;

    /// <summary>Gets the rows that could not be read.</summary>
    public IReadOnlyList<UnreadableRow> Unreadable { get; }

    /// <summary>Gets the number of all rows CardTrader sent: what tells a full page from the last one.</summary>
    public int RowCount => Count + Unreadable.Count;

    /// <summary>Gets what CardTrader sent around the list, by its key.</summary>
    /// <value><see langword="null"/> when there was nothing, as nearly always.</value>
    public IReadOnlyDictionary<string, JsonElement>? ExtensionData { get; init; }

    /// <summary>Gets one of the rows that could be read.</summary>
    /// <param name="index">Its place among them.</param>
    public T this[int index] => _rows[index];

    /// <summary>Gives the list when every row of it could be read.</summary>
    /// <exception cref="CardTraderResponseException">A row could not be read; its errors name every such row.</exception>
    public CardTraderList<T> RequireAll()
    {
        if (Unreadable is not [var first, ..])
        {
            return this;
        }

        var details = new CardTraderErrorDetails
        {
            Operation = _operation,
            StatusCode = HttpStatusCode.OK,
            Errors = [.. Unreadable.Select(static row => new CardTraderFault($"[{row.Index}]", row.Fault))],
        };
        throw new CardTraderResponseException(
            $"{_operation} got rows it cannot use, {Unreadable.Count} of them: {first.Fault}, in row {first.Index}. What was read is not all there is.",
            details,
            ResponseFaultKind.UnreadableRow,
            row: first.Index);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
