using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>An export with faults that is made from a seed: the request, the server, and the faults of its requests.</summary>
internal sealed class RandomDay
{
    // Each is as likely as its number says. A hung socket costs a test real time.
    private static readonly (string Name, int Weight, Func<Random, Fault> Make)[] s_faults =
    [
        ("404", 2, _ => Fault.Status(404, "Not found")),
        ("429", 2, r => r.Next(2) == 0 ? Fault.TooManyRequests(r.Next(3)) : Fault.Status(429, "Slow down")),
        ("500", 2, _ => Fault.Status(500, "Internal error")),
        ("502", 2, _ => Fault.Status(502, "<html>Bad gateway</html>", ("Content-Type", "text/html"))),
        ("503", 2, r => r.Next(2) == 0 ? Fault.Status(503, "Busy", ("Retry-After", "1")) : Fault.Status(503, "Busy")),
        ("reset before", 2, _ => Fault.ResetBefore),
        ("reset after", 2, _ => Fault.ResetAfter),
        ("cut", 4, r => Fault.CutBody(r.NextDouble())),
        ("expire", 3, _ => Fault.ExpireJob),
        ("hang", 1, _ => Fault.Hang),
        ("html", 1, _ => Fault.Html),
        ("cancelled", 1, _ => Fault.CancelledResult),
        ("empty", 1, _ => Fault.EmptyWithMore),
        ("bad json", 1, _ => Fault.WrongJson),
        ("not done", 1, _ => Fault.NotDone),
    ];

    private readonly List<string> _faults = [];

    public RandomDay(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        IsLarge = random.Next(3) == 0;
        Strategy = Pick<SearchStrategy>(random, IsLarge
            ? [SearchStrategy.Window, SearchStrategy.Auto, SearchStrategy.Stream]
            : [SearchStrategy.Window, SearchStrategy.Window, SearchStrategy.Around, SearchStrategy.Auto, SearchStrategy.Stream]);
        File = Pick(random, ["events.ndjson", "events.ndjson", "events.json", "events.csv", "events.ndjson.gz"]);
        Workers = Pick(random, [1, 2, 8]);
        Retries = random.Next(7);
        Plan = random.Next(3) == 0 ? AtPositions(random) : AtAnyTime(random);
    }

    public int Seed { get; }

    /// <summary>Whether it is of the server that widens its buffer, or of the one whose windows hold 200 events.</summary>
    public bool IsLarge { get; }

    public SearchStrategy Strategy { get; }

    public string File { get; }

    public int Workers { get; }

    public int Retries { get; }

    public FaultPlan Plan { get; }

    public override string ToString() =>
        $"seed {Seed}: {File} by {Strategy} from the {(IsLarge ? "large" : "small")} server, {Workers} workers, {Retries} repeats; {string.Join(", ", _faults)}";

    // Some single requests, anywhere from the first on; a run of them may fall into a retry.
    private FaultPlan AtPositions(Random random)
    {
        var plan = new FaultPlan();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (name, fault) = Draw(random, s_faults);
            var (position, times) = (1 + (int)Math.Pow(random.Next(14, 150), random.NextDouble()), random.Next(1, 4));
            plan.Add(fault, nth: position, times: times);
            _faults.Add($"{times} x {name} from request {position} on");
        }
        return plan;
    }

    // Any request with a small or a large chance, by all kinds of faults or by few.
    private FaultPlan AtAnyTime(Random random)
    {
        var plan = new FaultPlan();
        var rate = 0.4 * Math.Pow(0.02, random.NextDouble());
        var kinds = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Draw(random, s_faults)).ToList();
        foreach (var (name, fault) in kinds)
            plan.Add(new FaultRule
            {
                Fault = fault,
                Probability = (name == "hang" ? 0.1 : 1) * rate / kinds.Count,
                Times = int.MaxValue,
                Seed = random.Next()
            });
        _faults.Add(FormattableString.Invariant($"{rate:0.000} of all requests: {string.Join(", ", kinds.Select(k => k.Name))}"));
        return plan;
    }

    private static (string Name, Fault Fault) Draw(Random random, (string Name, int Weight, Func<Random, Fault> Make)[] faults)
    {
        var drawn = random.Next(faults.Sum(f => f.Weight));
        var (name, _, make) = faults.First(f => (drawn -= f.Weight) < 0);
        return (name, make(random));
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
