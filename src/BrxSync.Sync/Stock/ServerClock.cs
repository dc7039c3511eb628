using System.Collections.Immutable;

namespace BrxSync.Sync.Stock;

/// <summary>
/// What is known of the distance between our clock and CardTrader's, learned from the <c>Date</c> headers of its answers.
/// </summary>
/// <remarks>
/// Each answer bounds the offset: the header was written between sending the request and receiving the head of the answer, and it
/// counts whole seconds. The bounds of several answers are intersected, so quick answers sharpen what slow ones leave open. An answer
/// that contradicts everything known (a clock was set, a cache answered) is kept aside: only <see cref="AnswersToBelieveAJump"/> such
/// answers in a row that agree with each other replace the estimate.
/// </remarks>
internal sealed record ServerClock
{
    /// <summary>How many answers in a row must contradict the estimate, and agree with each other, before they replace it.</summary>
    public const int AnswersToBelieveAJump = 3;

    private const int SamplesKept = 32;
    private static readonly TimeSpan HeaderResolution = TimeSpan.FromSeconds(1);

    private ImmutableArray<Bounds> Trusted { get; init; } = [];

    private ImmutableArray<Bounds> Contradicting { get; init; } = [];

    /// <summary>Nothing learned yet: the offset is taken as zero.</summary>
    public static ServerClock Unknown { get; } = new();

    /// <summary>True once an answer has been seen.</summary>
    public bool IsKnown => !Trusted.IsEmpty;

    /// <summary>CardTrader's clock minus ours: the middle of what the answers allow.</summary>
    public TimeSpan Offset => IsKnown ? Middle(Intersect(Trusted)) : TimeSpan.Zero;

    /// <summary>How far the true offset can lie from <see cref="Offset"/>; zero when nothing is known.</summary>
    public TimeSpan Uncertainty => IsKnown ? Intersect(Trusted) is var bounds ? (bounds.High - bounds.Low) / 2 : default : default;

    /// <summary>Learns from one answer.</summary>
    /// <param name="requestStart">When the request was sent, in our clock.</param>
    /// <param name="headReceived">When the head of the answer was there, in our clock.</param>
    /// <param name="dateHeader">The <c>Date</c> header of the answer.</param>
    /// <returns>The clock to use from now on. A sample that ends before it starts (our own clock was set) is ignored.</returns>
    public ServerClock Learn(DateTimeOffset requestStart, DateTimeOffset headReceived, DateTimeOffset dateHeader)
    {
        if (headReceived < requestStart)
        {
            return this;
        }

        var sample = new Bounds(dateHeader - headReceived, dateHeader + HeaderResolution - requestStart);
        if (!IsKnown || Agree(Trusted, sample))
        {
            return this with { Trusted = Keep(Trusted, sample), Contradicting = [] };
        }

        var contradicting = Agree(Contradicting, sample) ? Contradicting.Add(sample) : [sample];
        return contradicting.Length < AnswersToBelieveAJump
            ? this with { Contradicting = contradicting }
            : this with { Trusted = contradicting, Contradicting = [] };
    }

    /// <summary>Translates an instant of our clock into CardTrader's.</summary>
    public DateTimeOffset ToServer(DateTimeOffset local) => local + Offset;

    /// <summary>Gives the window of a request in CardTrader's clock, widened by one second, or by more while the offset is less certain.</summary>
    public SnapshotWindow Window(DateTimeOffset requestStart, DateTimeOffset responseEnd)
    {
        var doubt = Uncertainty > SnapshotWindow.Widening ? Uncertainty - SnapshotWindow.Widening : TimeSpan.Zero;
        var end = responseEnd < requestStart ? requestStart : responseEnd;
        return SnapshotWindow.Around(ToServer(requestStart) - doubt, ToServer(end) + doubt);
    }

    private static ImmutableArray<Bounds> Keep(ImmutableArray<Bounds> samples, Bounds sample) =>
        (samples.Length < SamplesKept ? samples : samples.RemoveAt(0)).Add(sample);

    private static bool Agree(ImmutableArray<Bounds> samples, Bounds sample)
    {
        var known = Intersect(samples);
        return sample.Low <= known.High && known.Low <= sample.High;
    }

    private static Bounds Intersect(ImmutableArray<Bounds> samples)
    {
        var (low, high) = (TimeSpan.MinValue, TimeSpan.MaxValue);
        foreach (var sample in samples)
        {
            low = sample.Low > low ? sample.Low : low;
            high = sample.High < high ? sample.High : high;
        }

        return new Bounds(low, high);
    }

    private static TimeSpan Middle(Bounds bounds) => bounds.Low + ((bounds.High - bounds.Low) / 2);

    private readonly record struct Bounds(TimeSpan Low, TimeSpan High);
}
