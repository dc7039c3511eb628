using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using BrxSync.Client.Diagnostics;
using BrxSync.Testing;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>How calls may be repeated: what the client's reference says, and what the client did, attempt by attempt.</summary>
internal sealed partial class CallKinds : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<char> seen = [];

    public CallKinds()
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CardTraderDiagnostics.Name && instrument.Name == "brx.cardtrader.limiter.wait")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => seen.Add(KindOf(tags)));
        listener.Start();
    }

    /// <summary>The rows of the reference: each endpoint, its kind (R, W or N) and what else is said of it.</summary>
    public static IReadOnlyDictionary<string, (char Kind, string Notes)> Reference { get; } =
        File.ReadLines(RepositoryPaths.At("docs", "reference", "client.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .ToDictionary(
                row => Parameter().Replace(row.Groups[1].Value, "{$1}"), row => (row.Groups[2].Value[0], row.Groups[3].Value));

    /// <summary>The kind of each attempt since this was made, in order.</summary>
    public IReadOnlyList<char> Seen => seen;

    public void Dispose() => listener.Dispose();

    private static char KindOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "operation.class")
            {
                return tag.Value switch { "Read" or "Export" or "JobPoll" => 'R', "Write" => 'W', "NonRepeatableWrite" => 'N', _ => '?' };
            }
        }

        return '?';
    }

    [GeneratedRegex(@"^\| `([A-Z]+ /[^`]*)` \|.*\| ([RWN])\b([^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(":([a-z]+)")]
    private static partial Regex Parameter();
}
