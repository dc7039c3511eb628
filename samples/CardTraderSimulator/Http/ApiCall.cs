using System.Text.Json;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Http;

/// <summary>A call with a valid token on its way through the marketplace.</summary>
internal sealed class ApiCall(HttpContext context, Marketplace marketplace, SimulatedSeller seller)
{
    public HttpContext Context { get; } = context;

    public Marketplace Marketplace { get; } = marketplace;

    public SimulatedSeller Seller { get; } = seller;

    /// <summary>Gets or sets what the call changed, for the list of calls.</summary>
    public string? Effect { get; set; }

    /// <summary>Gets or sets what a fault does to the rows of an export.</summary>
    public RowLimit Rows { get; set; } = RowLimit.None;

    /// <summary>Gets or sets the older rows that an export shows instead of the stock as it is.</summary>
    public ExportRows? ExportFrom { get; set; }

    public CancellationToken Aborted => Context.RequestAborted;

    public string? Query(string name) => Context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public Task AnswerAsync(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) =>
        JsonAnswer.WriteAsync(Context, status, write, Marketplace.Options.GzipLevel);

    public Task AnswerListAsync<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) => AnswerAsync(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            write(json, row);
        }

        json.WriteEndArray();
    });
}
