using System.Globalization;
using System.Text;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A random history: how the marketplace begins, and what happens.</summary>
internal sealed record History(int Seed, IReadOnlyList<int> Quantities, bool TimesAreSent, IReadOnlyList<Step> Steps)
{
    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Buy, 6), (StepKind.BuyZero, 7), (StepKind.BuyPending, 2), (StepKind.BuyPresale, 2), (StepKind.Purchase, 1),
        (StepKind.Advance, 6), (StepKind.Merge, 3), (StepKind.EndPresale, 1), (StepKind.AskToCancel, 1), (StepKind.StopAsking, 1),
        (StepKind.Cancel, 3), (StepKind.Lose, 1), (StepKind.Destroy, 1), (StepKind.Drop, 2), (StepKind.SiteEdit, 2),
        (StepKind.Deliver, 26), (StepKind.Redeliver, 5), (StepKind.LoseDelivery, 1), (StepKind.PollOrder, 3), (StepKind.PollAll, 1),
        (StepKind.Fetch, 4), (StepKind.BeginSnapshot, 2), (StepKind.BeginReread, 4), (StepKind.ReadOn, 4), (StepKind.FinishRead, 6),
        (StepKind.ApplyRead, 8), (StepKind.Sell, 4), (StepKind.Restock, 2), (StepKind.Delist, 1),
        (StepKind.Reserve, 4), (StepKind.Confirm, 4), (StepKind.Release, 1), (StepKind.Send, 4),
        (StepKind.Arrive, 4), (StepKind.Answer, 4), (StepKind.ResolveDoubts, 2),
        (StepKind.Review, 1), (StepKind.AddItem, 1), (StepKind.StepOurClock, 2), (StepKind.RestartHost, 1),
    ];

    private static readonly StepKind[] Choices = [.. Weights.SelectMany(weight => Enumerable.Repeat(weight.Kind, weight.Weight))];

    /// <summary>How many processes of ours there are.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>One history in three has a marketplace whose clock is set now and then.</summary>
    private static readonly StepKind[] ChoicesWithSteps = [.. Choices, StepKind.StepMarketClock, StepKind.StepMarketClock];

    /// <summary>One history in five has a seller who holds copies back, and little else that nobody can be sure of.</summary>
    private static readonly StepKind[] HoldingChoices =
    [
        .. Choices.Where(kind => kind is not (StepKind.SiteEdit or StepKind.Delist or StepKind.Drop or StepKind.Destroy or StepKind.Review
            or StepKind.Lose or StepKind.AddItem or StepKind.BuyPending or StepKind.AskToCancel or StepKind.StopAsking)),
        .. Enumerable.Repeat(StepKind.SetSafetyStock, 5), .. Enumerable.Repeat(StepKind.Divide, 8), .. Enumerable.Repeat(StepKind.Send, 6),
        .. Enumerable.Repeat(StepKind.Arrive, 6), .. Enumerable.Repeat(StepKind.Answer, 5),
    ];

    public static History Random(int seed)
    {
        var random = new Random(seed);
        var quantities = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(0, 9)).ToArray();
        var choices = seed % 3 == 0 ? ChoicesWithSteps : Choices;
        if (seed % 5 == 2)
        {
            choices = HoldingChoices;
        }

        var steps = Enumerable.Range(0, random.Next(15, 90)).Select(_ => new Step(
            choices[random.Next(choices.Length)], Pause(random), random.Next(10_000), random.Next(10_000), random.Next(10_000))).ToArray();
        if (seed % 5 == 2)
        {
            // What happens in the second of a read leaves little that anybody can be sure of: every other of them takes its time.
            steps = seed % 10 == 2 ? steps : [.. steps.Select(step => step with { Wait = step.Wait + 15_000 })];
            steps =
            [
                .. new[] { StepKind.BeginSnapshot, StepKind.FinishRead, StepKind.ApplyRead }.Select(kind => new Step(kind, 0, 0, 0, 0)),
                steps[0] with { Wait = steps[0].Wait + 20_000 }, .. steps[1..],
            ];
        }

        return new History(seed, quantities, random.Next(8) != 0, Forgetful(seed, steps)) { Hosts = random.Next(1, 4) };
    }

    /// <summary>
    /// In two histories of three, orders are forgotten now and then, mostly after a snapshot has seen what is to be forgotten.
    /// </summary>
    private static Step[] Forgetful(int seed, Step[] steps)
    {
        if (seed % 3 == 1)
        {
            return steps;
        }

        var random = new Random(~seed);
        return [.. steps.SelectMany(step => random.Next(9) switch
        {
            0 => (Step[])[step, Forget()],
            1 when seed % 3 != 0 =>
                [step, Of(StepKind.BeginSnapshot, 10_000), Of(StepKind.FinishRead, 500), Of(StepKind.ApplyRead, 0), Forget()],
            _ => [step],
        })];

        Step Forget() => Of(StepKind.Forget, random.Next(2) * 20_000);

        Step Of(StepKind kind, int wait) => new(kind, wait, random.Next(10_000), random.Next(10_000), 0);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"seed {Seed}, quantities [{string.Join(", ", Quantities)}], item times {(TimesAreSent ? "sent" : "absent")}, {Hosts} hosts");
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
