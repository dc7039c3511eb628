using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Inventory;

namespace BrxSync.Simulator.Jobs;

/// <summary>Bulk calls and the jobs they answer.</summary>
internal static class JobEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Post("/products/bulk_create", call => SubmitAsync(call, "create"));
        routes.Post("/products/bulk_update", call => SubmitAsync(call, "update"));
        routes.Post("/products/bulk_destroy", call => SubmitAsync(call, "destroy"));
        routes.Get("/jobs/{uuid}", GetAsync);
    }

    private static async Task SubmitAsync(ApiCall call, string kind)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (!body.TryGetProperty("products", out var products) || products.ValueKind != JsonValueKind.Array)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "products").ConfigureAwait(false);
            return;
        }

        var job = call.Marketplace.Jobs.Submit(call.Seller, kind, [.. products.EnumerateArray()]);
        call.Effect = string.Create(CultureInfo.InvariantCulture, $"job {job.Id}: {kind} {job.Elements.Count}");
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("job", job.Id);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static Task GetAsync(ApiCall call)
    {
        var job = Guid.TryParse((string?)call.Context.Request.RouteValues["uuid"], out var id)
            ? call.Marketplace.Jobs.Find(call.Seller, id)
            : null;
        return call.AnswerAsync(json =>
        {
            lock (call.Marketplace.Gate)
            {
                Write(json, job, call.Marketplace.Jobs.Behavior);
            }
        });
    }

    private static void Write(Utf8JsonWriter json, BulkJob? job, JobBehavior behavior)
    {
        json.WriteStartObject();
        if (job is null)
        {
            json.WriteNull("uuid");
            json.WriteString("state", JobState.Unknown);
            json.WriteEndObject();
            return;
        }

        json.WriteString("uuid", job.Id);
        json.WriteString("state", job.State);
        json.WriteNumber("spawned_children", job.Elements.Count);
        if (job.State == JobState.Completed || (job.State == JobState.Running && behavior.ShowPartialResults))
        {
            WriteStats(json, job);
            WriteResults(json, job, behavior);
        }

        if (job.StartedAt is { } started)
        {
            json.WriteString("started_at", Timestamps.Text(started));
        }

        if (job.EndedAt is { } ended)
        {
            json.WriteString("ended_at", Timestamps.Text(ended));
            json.WriteNumber("duration", Math.Round((ended - job.StartedAt!.Value).TotalSeconds, 3));
        }

        json.WriteEndObject();
    }

    private static void WriteStats(Utf8JsonWriter json, BulkJob job)
    {
        json.WriteStartObject("stats");
        foreach (var result in (string[])["ok", "warning", "error"])
        {
            json.WriteNumber(result, job.Done.Count(outcome => outcome.Result == result));
        }

        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, BulkJob job, JobBehavior behavior)
    {
        var results = job.Done.Index();
        json.WriteStartArray("results");
        foreach (var (index, outcome) in behavior.UnorderedResults
            ? results.OrderBy(result => result.Item.Result, StringComparer.Ordinal)
            : results)
        {
            json.WriteStartObject();
            json.WriteString("result", outcome.Result);
            json.WriteNumber("job_index", index);
            WriteDetail(json, outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDetail(Utf8JsonWriter json, WriteOutcome outcome)
    {
        if (outcome.Failed)
        {
            var errors = outcome.Errors;
            if (outcome.NotFound)
            {
                errors = new FieldTexts();
                errors.Add("id", "is not known");
            }
            else if (outcome.Missing is { } missing)
            {
                errors = new FieldTexts();
                errors.Add(missing, "can't be blank");
            }

            json.WritePropertyName("errors");
            errors.WriteTo(json);
            return;
        }

        json.WriteNumber("product_id", outcome.Product!.Id);
        if (outcome.Warnings.Any)
        {
            json.WritePropertyName("warnings");
            outcome.Warnings.WriteTo(json);
        }
    }
}
