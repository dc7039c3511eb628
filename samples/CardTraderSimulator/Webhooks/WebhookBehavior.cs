namespace BrxSync.Simulator.Webhooks;

/// <summary>How webhooks travel; may be changed at any time. By default each arrives once, at once and in order.</summary>
public sealed class WebhookBehavior
{
    /// <summary>Gets or sets how long a webhook is on its way.</summary>
    /// <value>zero</value>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets or sets up to how much longer some take: with it, webhooks overtake each other.</summary>
    /// <value>zero</value>
    public TimeSpan Jitter { get; set; }

    /// <summary>Gets or sets how many out of 1 are sent a second time with the same id.</summary>
    /// <value>0</value>
    public double Duplicates { get; set; }

    /// <summary>Gets or sets how many out of 1 are sent a second time under a new id.</summary>
    /// <value>0</value>
    public double DuplicatesWithNewId { get; set; }

    /// <summary>Gets or sets how many out of 1 are never sent.</summary>
    /// <value>0</value>
    public double Loss { get; set; }

    /// <summary>Gets or sets how many out of 1 are accompanied by one of a cause nobody has heard of.</summary>
    /// <value>0</value>
    public double UnknownCauses { get; set; }

    /// <summary>Gets or sets <c>live</c> or <c>test</c>.</summary>
    /// <value><c>live</c></value>
    public string Mode { get; set; } = "live";

    /// <summary>Gets or sets how much of an order a webhook tells.</summary>
    /// <value><see cref="OrderDetail.Full"/></value>
    public OrderDetail Detail { get; set; }

    /// <summary>Gets or sets how the empty data of a destroyed order is written.</summary>
    /// <value><see cref="DestroyData.EmptyObject"/></value>
    public DestroyData DestroyData { get; set; }

    /// <summary>Gets or sets how often a webhook is tried; what the real service does is unknown.</summary>
    /// <value>1</value>
    public int Attempts { get; set; } = 1;

    /// <summary>Gets or sets how long after a failure the next attempt follows.</summary>
    /// <value>10 s</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets whether webhooks are kept back until they are released.</summary>
    /// <value>false</value>
    public bool Hold { get; set; }

    /// <summary>Gets or sets from what the choices above are drawn.</summary>
    /// <value>1</value>
    public int Seed { get; set; } = 1;
}
