using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Jobs;

/// <summary>Reads jobs.</summary>
internal static class JobReader
{
    /// <exception cref="JsonException">The value is not a job.</exception>
    public static Job Read(JsonElement element, JobId id)
    {
        var job = new TolerantObject(element, "job");
        var stats = job.Part(
            "stats",
            static (ref counts) => (Ok: counts.Count("ok"), Warning: counts.Count("warning"), Error: counts.Count("error")));
        var state = ReadState(ref job);
        if (job.FindValue("uuid") is { } uuid)
        {
            if (string.Equals(TolerantElement.Text(uuid), id.Value, StringComparison.OrdinalIgnoreCase))
            {
                job.Drop("uuid");
            }
            else
            {
                job.BlameKind("uuid", uuid, "the job that was asked for");
            }
        }

        return new Job
        {
            Id = id,
            State = state,
            SpawnedChildren = job.Count("spawned_children"),
            OkCount = stats.Ok,
            WarningCount = stats.Warning,
            ErrorCount = stats.Error,
            Results = job.List("results", ReadResult)?.OrderBy(static result => result.Index).ToList() ?? [],
            Errors = job.Complaints("errors"),
            StartedAt = job.Time("started_at"),
            EndedAt = job.Time("ended_at"),
            ExtensionData = job.Rest,
            Faults = job.Faults,
        };
    }

    /// <exception cref="JsonException">The answer names no job.</exception>
    public static JobReceipt ReadReceipt(JsonElement element)
    {
        var receipt = new TolerantObject(element, "bulk answer");
        return new JobReceipt
        {
            Id = new JobId(receipt.RequireText("job")), ExtensionData = receipt.Rest, Faults = receipt.Faults,
        };
    }

    private static JobState ReadState(ref TolerantObject job)
    {
        // A job nobody knows is answered with a uuid of null, whatever is said about its state.
        if (job.Peek("uuid").ValueKind == JsonValueKind.Null)
        {
            if (TolerantElement.Text(job.Peek("state")) == JobState.Unknown.Value)
            {
                job.Drop("state");
            }

            return JobState.Unknown;
        }

        return new JobState(job.RequireText("state"));
    }

    // A result that does not say which element it is about is left out: its element stays in doubt.
    private static JobElementResult ReadResult(JsonElement element)
    {
        var result = new TolerantObject(element, "job result");
        return new JobElementResult
        {
            Index = (int)result.RequireInteger("job_index", least: 0, most: int.MaxValue),
            Result = result.RequireText("result"),
            ProductId = result.Id<ProductId>("product_id"),
            Errors = result.Complaints("errors"),
            Warnings = result.Complaints("warnings"),
            ExtensionData = result.Rest,
            Faults = result.Faults,
        };
    }
}
