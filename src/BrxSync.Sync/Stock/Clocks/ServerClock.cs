using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Clocks;

/// <summary>
/// What is known of the distance between CardTrader's clock and a clock of ours that nobody can set, learned from the
/// <c>Date</c> headers of its answers.
/// </summary>
/// <remarks>
/// Each answer bounds the distance: the header was written between sending the request and receiving the head of the answer, and it
/// counts whole seconds. The bounds of several answers are intersected, so quick answers sharpen what slow ones leave open; they widen with
/// age, since no two clocks run alike. An answer that contradicts everything known (CardTrader's clock was set, our machine slept, a cache
/// answered) is kept aside: only <see cref="AnswersToBelieveAJump"/> such answers in a row that agree with each other replace the estimate,
/// and until then both are possible.
/// </remarks>
internal sealed record ServerClock
{
    /// <summary>How many answers in a row must contradict the estimate, and agree with each other, before they replace it.</summary>
    public const int AnswersToBelieveAJump = 3;

    private const int SamplesKept = 32;

    /// <summary>How far two clocks drift apart in a second, at most.</summary>
    private const double Drift = 0.0002;

    /// <summary>CardTrader has more than one machine: what one of them calls the present may be a little later than the others'.</summary>
    private static readonly TimeSpan Disagreement = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan HeaderResolution = TimeSpan.FromSeconds(1);

    private ImmutableArray<Sample> Trusted { get; init; } = [];

    private ImmutableArray<Sample> Contradicting { get; init; } = [];

    /// <summary>Nothing learned yet.</summary>
    public static ServerClock Unknown { get; } = new();

    /// <summary>True once an answer has been seen.</summary>
    public bool IsKnown => !Trusted.IsEmpty;

    /// <summary>Learns from one answer.</summary>
    /// <param name="answer">The answer, by our clock that nobody can set. One without a date, or from a cache, teaches nothing.</param>
    /// <returns>The clock to use from now on.</returns>
    public ServerClock Learn(DatedAnswer answer)
    {
        if (answer.Date is not { } date || answer.Age > TimeSpan.Zero)
        {
            return this;
        }

        var sample = Sample.Of(answer, date);
        if (!IsKnown || Agree(Trusted, sample))
        {
            return this with { Trusted = Keep(Trusted, sample), Contradicting = [] };
        }

        var contradicting = Agree(Contradicting, sample) ? Contradicting.Add(sample) : [sample];
        return contradicting.Length < AnswersToBelieveAJump
            ? this with { Contradicting = contradicting }
            : this with { Trusted = contradicting, Contradicting = [] };
    }

    /// <summary>Gives the present.</summary>
    /// <param name="local">Our clock that nobody can set.</param>
    /// <param name="guess">What to take for CardTrader's clock while nothing is known of it.</param>
    public Present At(DateTimeOffset local, DateTimeOffset guess)
    {
        if (!IsKnown)
        {
            return Present.Unknown(guess);
        }

        var (low, high) = Intersect(Trusted, local);
        var now = local + low + ((high - low) / 2);
        if (!Contradicting.IsEmpty)
        {
            var (otherLow, otherHigh) = Intersect(Contradicting, local);
            (low, high) = (otherLow < low ? otherLow : low, otherHigh > high ? otherHigh : high);
        }

        return new Present(now, local + low, local + high + Disagreement);
    }

    /// <summary>
    /// Gives the window of a read, widened at both ends. It comes from the read's own answer: CardTrader wrote the date between sending and
    /// head, and looked between sending and the end of the body. Only where that date cannot be believed is the window widened over
    /// what the other answers say.
    /// </summary>
    /// <param name="answer">The answer that the read got, by our clock that nobody can set.</param>
    /// <param name="end">When the end of its body was there.</param>
    /// <param name="guess">What to take for CardTrader's clock at the end where neither the answer nor an earlier one tells.</param>
    public SnapshotWindow WindowOf(DatedAnswer answer, DateTimeOffset end, DateTimeOffset guess)
    {
        end = end < answer.Head ? answer.Head : end;
        var learned = IsKnown
            ? SnapshotWindow.Around(answer.Sent + Intersect(Trusted, answer.Sent).Low, end + Intersect(Trusted, end).High)
            : SnapshotWindow.Around(guess - (end - answer.Sent), guess);
        if (answer.Date is not { } date)
        {
            return learned;
        }

        var own = SnapshotWindow.Around(date - (answer.Head - answer.Sent) - answer.Age, date + HeaderResolution + (end - answer.Sent));
        var isBelieved = !IsKnown || (answer.Age == TimeSpan.Zero && Agree(Trusted, Sample.Of(answer, date)));
        return isBelieved ? own : own.With(learned);
    }

    private static ImmutableArray<Sample> Keep(ImmutableArray<Sample> samples, Sample sample) =>
        (samples.Length < SamplesKept ? samples : samples.RemoveAt(0)).Add(sample);

    private static bool Agree(ImmutableArray<Sample> samples, Sample sample)
    {
        var (low, high) = Intersect(samples, sample.At);
        return sample.Low <= high && low <= sample.High;
    }

    private static (TimeSpan Low, TimeSpan High) Intersect(ImmutableArray<Sample> samples, DateTimeOffset local)
    {
        var (low, high) = (TimeSpan.MinValue, TimeSpan.MaxValue);
        foreach (var sample in samples)
        {
            var drifted = (local - sample.At).Duration() * Drift;
            low = sample.Low - drifted > low ? sample.Low - drifted : low;
            high = sample.High + drifted < high ? sample.High + drifted : high;
        }

        return (low, high);
    }

    /// <summary>What one answer says: CardTrader's clock less ours lay between two bounds.</summary>
    private readonly record struct Sample(TimeSpan Low, TimeSpan High, DateTimeOffset At)
    {
        public static Sample Of(DatedAnswer answer, DateTimeOffset date) =>
            new(date - answer.Head, date + HeaderResolution - answer.Sent, answer.Head);
    }
}
