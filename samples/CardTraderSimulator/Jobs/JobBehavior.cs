namespace BrxSync.Simulator.Jobs;

/// <summary>How bulk jobs run; may be changed at any time.</summary>
public sealed class JobBehavior
{
    /// <summary>Gets or sets how long a job waits before it starts.</summary>
    /// <value>200 ms</value>
    public TimeSpan StartDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets or sets how long each element takes; elements take effect one by one.</summary>
    /// <value>2 ms</value>
    public TimeSpan ElementDuration { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Gets or sets whether a running job shows the results it has so far.</summary>
    /// <value>false</value>
    public bool ShowPartialResults { get; set; }

    /// <summary>Gets or sets how many elements a job may have; one with more ends <c>unprocessable</c>.</summary>
    /// <value>450</value>
    public int MaxElements { get; set; } = 450;

    /// <summary>Gets or sets how many of the next jobs end <c>unprocessable</c> without any effect.</summary>
    /// <value>0</value>
    public int FailNext { get; set; }

    /// <summary>Gets or sets how long a job can be asked for after its end; then it is unknown.</summary>
    /// <value>1 day</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets whether results come in another order than the elements.</summary>
    /// <value>true: by result, as <c>job_index</c> alone tells which is which</value>
    public bool UnorderedResults { get; set; } = true;
}
