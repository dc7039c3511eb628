using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Inventory;

namespace BrxSync.Simulator.Jobs;

/// <summary>Runs bulk jobs in the marketplace's time.</summary>
internal sealed class JobRunner(Marketplace marketplace)
{
    private readonly Dictionary<Guid, BulkJob> jobs = [];

    public JobBehavior Behavior { get; } = marketplace.Options.Jobs;

    public BulkJob Submit(SimulatedSeller seller, string kind, IReadOnlyList<JsonElement> elements)
    {
        var job = new BulkJob(Guid.NewGuid(), seller, kind, elements);
        lock (marketplace.Gate)
        {
            jobs.Add(job.Id, job);
        }

        marketplace.Scheduler.After(Behavior.StartDelay, () => Start(job));
        return job;
    }

    /// <summary>Finds a job of a seller that is not forgotten yet.</summary>
    public BulkJob? Find(SimulatedSeller seller, Guid id)
    {
        lock (marketplace.Gate)
        {
            return jobs.TryGetValue(id, out var job) && job.Seller == seller && !(job.EndedAt + Behavior.Retention < marketplace.Clock.Now)
                ? job
                : null;
        }
    }

    public void Clear()
    {
        lock (marketplace.Gate)
        {
            jobs.Clear();
        }
    }

    private void Start(BulkJob job)
    {
        lock (marketplace.Gate)
        {
            job.StartedAt = marketplace.Clock.Now;
            var refused = Behavior.FailNext > 0;
            if (refused)
            {
                Behavior.FailNext--;
            }

            if (refused || job.Elements.Count > Behavior.MaxElements)
            {
                job.State = JobState.Unprocessable;
                job.EndedAt = marketplace.Clock.Now;
                return;
            }

            job.State = JobState.Running;
        }

        marketplace.Scheduler.After(Behavior.ElementDuration, () => Continue(job));
    }

    private void Continue(BulkJob job)
    {
        lock (marketplace.Gate)
        {
            // Short elements are done in groups, so that a job of hundreds needs no timer for each.
            var group = Behavior.ElementDuration > TimeSpan.FromMilliseconds(15)
                ? 1
                : Behavior.ElementDuration > TimeSpan.Zero ? 10 : int.MaxValue;
            for (var i = 0; i < group && job.Done.Count < job.Elements.Count; i++)
            {
                job.Done.Add(Apply(job, job.Elements[job.Done.Count]));
            }

            if (job.Done.Count == job.Elements.Count)
            {
                job.State = JobState.Completed;
                job.EndedAt = marketplace.Clock.Now;
                return;
            }

            marketplace.Scheduler.After(
                Behavior.ElementDuration * Math.Min(group, job.Elements.Count - job.Done.Count), () => Continue(job));
        }
    }

    private WriteOutcome Apply(BulkJob job, JsonElement element)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"job {job.Id} element {job.Done.Count}");
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new WriteOutcome { Missing = "product" };
        }

        if (job.Kind == "create")
        {
            return ProductWriter.Create(marketplace, job.Seller, element, reference);
        }

        if (!RequestBody.TryInt(element, "id", out var id))
        {
            return new WriteOutcome { Missing = "id" };
        }

        return job.Kind == "update"
            ? ProductWriter.Update(marketplace, job.Seller, id, element, reference)
            : ProductWriter.Delete(job.Seller, id, reference);
    }
}
