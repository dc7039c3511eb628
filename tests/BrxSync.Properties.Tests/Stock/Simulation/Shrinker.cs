namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>Makes a failing history small: leaves out steps, largest pieces first, for as long as it still fails.</summary>
internal static class Shrinker
{
    public static History Shrink(History history, Func<History, bool> fails)
    {
        for (var size = history.Steps.Count / 2; size >= 1;)
        {
            var shrunk = Pieces(history, size).FirstOrDefault(fails);
            if (shrunk is not null)
            {
                history = shrunk;
                size = Math.Min(size, Math.Max(1, history.Steps.Count / 2));
            }
            else
            {
                size /= 2;
            }
        }

        for (var i = 0; i < history.Steps.Count; i++)
        {
            var calm = history with { Steps = [.. history.Steps.Select((step, index) => index == i ? step with { Wait = 0 } : step)] };
            history = history.Steps[i].Wait > 0 && fails(calm) ? calm : history;
        }

        return history;
    }

    private static IEnumerable<History> Pieces(History history, int size)
    {
        for (var start = 0; start < history.Steps.Count; start += size)
        {
            yield return history with { Steps = [.. history.Steps.Where((_, index) => index < start || index >= start + size)] };
        }
    }
}
