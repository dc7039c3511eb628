namespace BrxSync.Simulator.Faults;

/// <summary>
/// A fault and the calls it strikes: those of <see cref="Endpoint"/> and <see cref="Seller"/>, of these only the <see cref="Nth"/> or a
/// share of <see cref="Probability"/>, and at most <see cref="Times"/>. Without a choice every matching call is struck.
/// </summary>
public sealed class FaultRule
{
    /// <summary>Gets or sets method and path, such as <c>GET /products/export</c> or <c>PUT /products/:id</c>. A segment that starts with a
    /// colon stands for any one, <c>*</c> for the rest; the method may be <c>*</c>.</summary>
    /// <value><c>* /*</c>: every call</value>
    public string Endpoint { get; set; } = "* /*";

    /// <summary>Gets or sets whose calls; null for everybody's.</summary>
    public string? Seller { get; set; }

    /// <summary>Gets or sets which matching call, counted from 1; null for all.</summary>
    public int? Nth { get; set; }

    /// <summary>Gets or sets how many out of 1 of the matching calls.</summary>
    /// <value>1</value>
    public double Probability { get; set; } = 1;

    /// <summary>Gets or sets from what the choice is drawn.</summary>
    /// <value>1</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets how often at most; null for no bound.</summary>
    public int? Times { get; set; }

    /// <summary>Gets or sets what goes wrong.</summary>
    public FaultAction Action { get; set; }

    /// <summary>Gets or sets the delay of <see cref="FaultAction.Latency"/> and <see cref="FaultAction.StaleExport"/>.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets the status of <see cref="FaultAction.Status"/> and <see cref="FaultAction.Html"/>.</summary>
    /// <value>503</value>
    public int Status { get; set; } = 503;

    /// <summary>Gets or sets the value of a <c>Retry-After</c> header, as text of any sense; null for none.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Gets or sets after how many bytes, uncompressed or compressed as sent, a body ends.</summary>
    /// <value>1,000</value>
    public long AtByte { get; set; } = 1_000;

    /// <summary>Gets or sets how many rows a partial export has.</summary>
    /// <value>10</value>
    public int Rows { get; set; } = 10;

    /// <summary>Gets or sets which rows of an export are unreadable: every n-th.</summary>
    /// <value>10</value>
    public int Every { get; set; } = 10;

    internal void Validate()
    {
        if (Endpoint.Split(' ') is not [_, ['/', ..]])
        {
            throw new ArgumentException(
                $"Endpoint of a fault is \"{Endpoint}\"; give a method and a path, such as \"GET /products/export\".");
        }

        if (Probability is < 0 or > 1 || Nth < 1 || Times < 1 || AtByte < 0 || Rows < 0 || Every < 1 || Latency < TimeSpan.Zero
            || Status is < 200 or > 599)
        {
            throw new ArgumentException($"The fault on \"{Endpoint}\" has a value out of range.");
        }
    }
}
