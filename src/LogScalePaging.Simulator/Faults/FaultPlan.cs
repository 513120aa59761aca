namespace LogScalePaging.Simulator;

/// <summary>An ordered list of rules; the first one that hits a request decides. Thread safe.</summary>
public sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<FaultRule> _rules = [];
    private readonly List<InjectedFault> _log = [];

    /// <summary>Number of affected requests so far.</summary>
    public int FaultsInjected
    {
        get
        {
            lock (_gate)
                return _log.Count;
        }
    }

    /// <summary>The injected faults, in order: a copy.</summary>
    public IReadOnlyList<InjectedFault> Log
    {
        get
        {
            lock (_gate)
                return [.. _log];
        }
    }

    /// <summary>A plan that affects any request with the given probability.</summary>
    /// <param name="seed">The same seed gives the same numbers. The order of requests decides which request gets which number.</param>
    /// <param name="rate">0 to 1, for all kinds together.</param>
    /// <param name="kinds">Chosen with equal probability, with the details of <see cref="Fault.Of"/>.</param>
    public static FaultPlan Random(int seed, double rate, params FaultKind[] kinds)
    {
        var plan = new FaultPlan();
        double left = 1;
        for (var i = 0; i < kinds.Length; i++)
        {
            // Rules are checked in order, so each one uses the probability that the ones before it left.
            var share = rate / kinds.Length / left;
            left -= rate / kinds.Length;
            plan.Add(
                new FaultRule { Fault = Fault.Of(kinds[i]), Times = int.MaxValue, Probability = share, Seed = unchecked((seed * 31) + i) });
        }
        return plan;
    }

    public FaultPlan Add(FaultRule rule)
    {
        lock (_gate)
            _rules.Add(rule);
        return this;
    }

    /// <summary>Affects requests of a kind, from the n-th on.</summary>
    public FaultPlan Add(Fault fault, RequestKind? kind = null, int? nth = null, int times = 1)
        => Add(new FaultRule { Fault = fault, Kind = kind, Nth = nth, Times = times });

    /// <summary>Removes all rules, and keeps the log.</summary>
    public void Clear()
    {
        lock (_gate)
            _rules.Clear();
    }

    public override string ToString() => string.Join(Environment.NewLine, Log);

    internal Fault? Next(RequestInfo request)
    {
        FaultRule[] rules;
        lock (_gate)
        {
            if (_rules.Count == 0)
                return null;
            rules = [.. _rules];
        }
        foreach (var rule in rules)
        {
            if (!rule.Hits(request))
                continue;
            lock (_gate)
                _log.Add(new InjectedFault(request, rule.Fault));
            return rule.Fault;
        }
        return null;
    }
}
