using System.IO.Compression;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Jobs;
using BrxSync.Simulator.Limits;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Simulator;

/// <summary>Settings of a simulated marketplace.</summary>
public sealed class CardTraderSimulatorOptions
{
    /// <summary>Gets or sets the loopback port.</summary>
    /// <value>0: a free one</value>
    public int Port { get; set; }

    /// <summary>Gets or sets the source of time. With a manual one, jobs, webhook delays and limits wait for it to be moved.</summary>
    /// <value>the system's clock</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets from what generated stocks are calculated: the same seed gives the same products.</summary>
    /// <value>1</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets the accounts; when empty, one called <c>demo</c> with 1,000 products exists.</summary>
    public IList<SellerOptions> Sellers { get; } = [];

    /// <summary>Gets or sets how hard answers are compressed for clients that accept gzip. Compression is by far the dearest part of a
    /// large export; a client that wants the full speed does not ask for it.</summary>
    /// <value><see cref="CompressionLevel.Fastest"/></value>
    public CompressionLevel GzipLevel { get; set; } = CompressionLevel.Fastest;

    /// <summary>Gets or sets recorded bodies of <c>GET /expansions</c> to add to the catalogue.</summary>
    public IList<ReadOnlyMemory<byte>> ExpansionBodies { get; } = [];

    /// <summary>Gets or sets recorded bodies of <c>GET /categories</c> to add to the catalogue.</summary>
    public IList<ReadOnlyMemory<byte>> CategoryBodies { get; } = [];

    /// <summary>Gets or sets recorded bodies of <c>GET /blueprints/export</c> to add to the catalogue.</summary>
    public IList<ReadOnlyMemory<byte>> BlueprintBodies { get; } = [];

    /// <summary>Gets or sets by how much the marketplace's clock is wrong.</summary>
    /// <value>zero</value>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Gets or sets how many of the latest calls are kept for <see cref="CardTraderSimulatorHost.Calls"/>.</summary>
    /// <value>100,000</value>
    public int RecordedCalls { get; set; } = 100_000;

    /// <summary>
    /// Gets or sets how calls are counted and refused; with any model the narrow limits of jobs and marketplace products hold too.
    /// </summary>
    /// <value><see cref="LimiterModel.None"/></value>
    public LimiterModel Limiter { get; set; }

    /// <summary>Gets or sets how long a call, and again its answer, is on the way.</summary>
    /// <value>zero</value>
    public TimeSpan NetworkLatency { get; set; }

    /// <summary>Gets the faults to start with.</summary>
    public IList<FaultRule> Faults { get; } = [];

    /// <summary>Gets how bulk jobs run.</summary>
    public JobBehavior Jobs { get; } = new();

    /// <summary>Gets how orders behave where reality is unknown.</summary>
    public OrderBehavior Orders { get; } = new();

    /// <summary>Gets how webhooks travel.</summary>
    public WebhookBehavior Webhooks { get; } = new();

    /// <summary>Gets or sets what carries webhooks, such as the handler of an in-memory test server; null for the network.</summary>
    public HttpMessageHandler? WebhookTransport { get; set; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (Port is < 0 or > 65_535)
        {
            faults.Add($"Port is {Port}; give 0 for a free port or one up to 65535.");
        }

        foreach (var seller in Sellers)
        {
            if (string.IsNullOrWhiteSpace(seller.Name))
            {
                faults.Add("A seller has no name; give each one a name.");
            }

            if (seller.Products is < 0 or > 10_000_000)
            {
                faults.Add($"Seller {seller.Name} has {seller.Products} products; give 0 to 10,000,000.");
            }
        }

        foreach (var twice in Sellers.GroupBy(seller => seller.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add($"Seller {twice.Key} is given {twice.Count()} times; names must differ.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }
    }
}
