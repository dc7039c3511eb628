namespace BrxSync.Simulator.Faults;

/// <summary>The faults to come. Rules are tried in the order in which they were added; all that strike a call do so.</summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<ArmedRule> rules = [];
    private volatile bool any;

    internal FaultPlan(IEnumerable<FaultRule> rules)
    {
        foreach (var rule in rules)
        {
            Add(rule);
        }
    }

    /// <summary>Gets how often each rule struck, in the order of the rules.</summary>
    public IReadOnlyList<(FaultRule Rule, int Struck)> Rules
    {
        get
        {
            lock (gate)
            {
                return [.. rules.Select(rule => (rule.Rule, rule.Struck))];
            }
        }
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="ArgumentException">The rule has a value out of range.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Validate();
        lock (gate)
        {
            rules.Add(new ArmedRule(rule));
            any = true;
        }
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            any = false;
        }
    }

    internal void Restart(IEnumerable<FaultRule> from)
    {
        Clear();
        foreach (var rule in from)
        {
            Add(rule);
        }
    }

    internal IReadOnlyList<FaultRule> Strike(string method, PathString path, string? seller)
    {
        if (!any)
        {
            return [];
        }

        lock (gate)
        {
            return [.. rules.Where(rule => rule.Strikes(method, path, seller)).Select(rule => rule.Rule)];
        }
    }

    private sealed class ArmedRule(FaultRule rule)
    {
        private readonly string method = rule.Endpoint.Split(' ')[0];
        private readonly string[] segments = rule.Endpoint.Split(' ')[1].Split('/', StringSplitOptions.RemoveEmptyEntries);
        private readonly Random random = new(rule.Seed);
        private int seen;

        public FaultRule Rule { get; } = rule;

        public int Struck { get; private set; }

        public bool Strikes(string calledMethod, PathString path, string? seller)
        {
            if (!Matches(calledMethod, path, seller))
            {
                return false;
            }

            seen++;
            var chosen = (Rule.Nth is not { } nth || nth == seen) && (Rule.Probability >= 1 || random.NextDouble() < Rule.Probability);
            if (!chosen || Struck >= (Rule.Times ?? int.MaxValue))
            {
                return false;
            }

            Struck++;
            return true;
        }

        private bool Matches(string calledMethod, PathString path, string? seller)
        {
            if ((method != "*" && !method.Equals(calledMethod, StringComparison.OrdinalIgnoreCase))
                || (Rule.Seller is { } only && only != seller))
            {
                return false;
            }

            var called = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < segments.Length; i++)
            {
                if (segments[i] == "*")
                {
                    return true;
                }

                if (i >= called.Length || (!segments[i].StartsWith(':') && segments[i] != called[i]))
                {
                    return false;
                }
            }

            return called.Length == segments.Length;
        }
    }
}
