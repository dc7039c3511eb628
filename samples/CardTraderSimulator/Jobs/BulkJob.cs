using System.Text.Json;
using BrxSync.Simulator.Inventory;

namespace BrxSync.Simulator.Jobs;

/// <summary>A bulk call under way.</summary>
internal sealed class BulkJob(Guid id, SimulatedSeller seller, string kind, IReadOnlyList<JsonElement> elements)
{
    public Guid Id { get; } = id;

    public SimulatedSeller Seller { get; } = seller;

    /// <summary>Gets <c>create</c>, <c>update</c> or <c>destroy</c>.</summary>
    public string Kind { get; } = kind;

    public IReadOnlyList<JsonElement> Elements { get; } = elements;

    public string State { get; set; } = JobState.Pending;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Gets the outcomes of the elements done so far, by index.</summary>
    public List<WriteOutcome> Done { get; } = [];
}
