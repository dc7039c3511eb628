using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Jobs;

/// <summary>Reads jobs.</summary>
internal static class JobReader
{
    /// <exception cref="JsonException">The value is not a job.</exception>
    public static Job Read(JsonElement element, JobId id)
    {
        var job = TolerantObject.Require(element, "job");
        var stats = job.Object("stats");
        var state = new JobState(job.RequireText("state"));

        // A job nobody knows is answered with a uuid of null.
        var isUnknown = job.Take("uuid") is { ValueKind: JsonValueKind.Null };
        return new Job
        {
            Id = id,
            State = isUnknown ? JobState.Unknown : state,
            SpawnedChildren = job.Count("spawned_children"),
            OkCount = stats?.Count("ok"),
            WarningCount = stats?.Count("warning"),
            ErrorCount = stats?.Count("error"),
            Results = job.List("results", ReadResult)?.OrderBy(static result => result.Index).ToList() ?? [],
            Errors = job.Take("errors") is { } errors ? FaultList.Flatten(errors) : [],
            StartedAt = job.Time("started_at"),
            EndedAt = job.Time("ended_at"),
        };
    }

    /// <exception cref="JsonException">The answer names no job.</exception>
    public static JobId ReadId(JsonElement element) => new(TolerantObject.Require(element, "bulk answer").RequireText("job"));

    // A result that does not say which element it is about is left out: its element stays in doubt.
    private static JobElementResult? ReadResult(JsonElement element)
    {
        var result = TolerantObject.Find(element, "job result");
        return result?.Count("job_index") is { } index and >= 0 && result.Text("result") is { } verdict
            ? new JobElementResult
            {
                Index = index,
                Result = verdict,
                ProductId = result.Id<ProductId>("product_id"),
                Errors = result.Take("errors") is { } errors ? FaultList.Flatten(errors) : [],
                Warnings = result.Take("warnings") is { } warnings ? FaultList.Flatten(warnings) : [],
            }
            : null;
    }
}
