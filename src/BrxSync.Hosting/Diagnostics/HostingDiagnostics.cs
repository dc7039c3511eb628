using System.Diagnostics;

namespace BrxSync.Hosting.Diagnostics;

/// <summary>
/// The traces and metrics of this package, under the name <see cref="Name"/>. Tags are bounded: never an account or a product.
/// </summary>
public static class HostingDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "BrxSync.Hosting";

    internal static ActivitySource ActivitySource { get; } = new(Name);

    /// <summary>Starts the span of a job. Where nobody listens it is there all the same, so that what is logged bears its trace.</summary>
    /// <param name="kind">The kind of the job.</param>
    /// <param name="traceParent">The trace of whoever asked for it, or null.</param>
    internal static Activity StartJob(string kind, string? traceParent)
    {
        var name = $"brx.job {kind}";
        if (ActivitySource.StartActivity(name, ActivityKind.Consumer, traceParent) is not { } activity)
        {
            activity = new Activity(name);
            activity = (traceParent is null ? activity : activity.SetParentId(traceParent)).Start();
        }

        return activity.SetTag("job.type", kind);
    }
}
