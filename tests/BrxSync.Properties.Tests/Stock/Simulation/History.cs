using System.Globalization;
using System.Text;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A random history: how the marketplace begins, and what happens.</summary>
internal sealed record History(int Seed, IReadOnlyList<int> Quantities, bool TimesAreSent, IReadOnlyList<Step> Steps)
{
    /// <summary>True when exports are applied in the order in which they were read, as one run after the other does it.</summary>
    public bool SnapshotsInOrder { get; init; }

    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Buy, 6), (StepKind.BuyZero, 7), (StepKind.BuyPending, 2), (StepKind.BuyPresale, 2), (StepKind.Purchase, 1),
        (StepKind.Advance, 6), (StepKind.Merge, 3), (StepKind.EndPresale, 1), (StepKind.AskToCancel, 1), (StepKind.StopAsking, 1),
        (StepKind.Cancel, 3), (StepKind.Lose, 1), (StepKind.Destroy, 1), (StepKind.Drop, 2), (StepKind.SiteEdit, 2),
        (StepKind.Deliver, 26), (StepKind.Redeliver, 5), (StepKind.LoseDelivery, 1), (StepKind.PollOrder, 3), (StepKind.PollAll, 1),
        (StepKind.Fetch, 4), (StepKind.BeginSnapshot, 2), (StepKind.BeginReread, 4), (StepKind.ReadOn, 4), (StepKind.FinishRead, 6),
        (StepKind.ApplyRead, 8), (StepKind.Sell, 4), (StepKind.Restock, 2), (StepKind.Delist, 1), (StepKind.Send, 4),
        (StepKind.Arrive, 4), (StepKind.Answer, 4), (StepKind.ResolveDoubts, 2),
    ];

    private static readonly StepKind[] Choices = [.. Weights.SelectMany(weight => Enumerable.Repeat(weight.Kind, weight.Weight))];

    public static History Random(int seed)
    {
        var random = new Random(seed);
        var quantities = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(0, 9)).ToArray();
        var steps = Enumerable.Range(0, random.Next(15, 90)).Select(_ => new Step(
            Choices[random.Next(Choices.Length)], Pause(random), random.Next(10_000), random.Next(10_000), random.Next(10_000)));
        return new History(seed, quantities, random.Next(8) != 0, [.. steps]);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}, quantities [{string.Join(", ", Quantities)}], item times {(TimesAreSent ? "sent" : "absent")}");
        foreach (var step in Steps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  wait {step.Wait,9} ms, {step.Kind} ({step.A}, {step.B}, {step.C})");
        }

        return text.ToString();
    }

    /// <summary>Mostly quick, so that things happen in the same second and inside of reads; sometimes days.</summary>
    private static int Pause(Random random) => random.Next(20) switch
    {
        < 6 => 0,
        < 11 => random.Next(300),
        < 15 => random.Next(3_000),
        < 19 => random.Next(120_000),
        _ => random.Next(3 * 86_400_000),
    };
}
