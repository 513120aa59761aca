using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A server that is made from a seed: its events, its wrong answers, the request, and the allowed verdicts.</summary>
internal sealed class LyingServer
{
    private readonly int _count;
    private readonly int _instant;
    private readonly int _rowsOfEvent;

    public LyingServer(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        // None, a single answer, the edge of one, a walk, windows: the larger, the more often.
        _count = random.Next(10) switch
        {
            0 => random.Next(2),
            1 or 2 => random.Next(2, 200),
            3 => random.Next(198, 203),
            4 or 5 => random.Next(201, 1_000),
            _ => random.Next(1_000, 3_001),
        };
        _instant = Pick(random, [1, 1, 3, 60, 250]);
        Options = NewOptions(random);
        SearchStrategy[] strategies = [SearchStrategy.Auto, SearchStrategy.Window, SearchStrategy.Around, SearchStrategy.Stream];
        var strategy = Pick(random, [.. strategies, SearchStrategy.Auto, SearchStrategy.Window]);
        var query = Pick(random,
        [
            "", "", "", "", " | @timestamp := @timestamp - 7200000", " | parseTimestamp(field=@ingesttimestamp)", " | split(x)",
            " | select([@timestamp, @id, n])", " | select([@timestamp, n])",
        ]);
        Spec = VerdictBench.Spec(strategy, TestBench.Query + query);
        File = Pick(random, ["events.ndjson", "events.ndjson", "events.json", "events.ndjson.gz"]);
        _rowsOfEvent = query.Contains("split", StringComparison.Ordinal) ? 3 : 1;
        Demand = OfQuery(query);

        // On half of the servers all that is wrong can be mended, and of the others not everything lasts.
        var isMendable = random.Next(2) == 0;
        for (var left = random.Next(isMendable ? 2 : 3); left >= 0; left--)
        {
            var isOnce = isMendable || random.Next(3) == 0;
            var isOfRows = random.Next(5) < 3;
            var menu = isOfRows
                ? isOnce ? WrongAnswers.RowsOnce : WrongAnswers.RowsAlways
                : isOnce ? WrongAnswers.ClaimsOnce : WrongAnswers.ClaimsAlways;
            var demand = menu[random.Next(menu.Length)](this, random);
            Demand = demand > Demand ? demand : Demand;
        }
    }

    public int Seed { get; }

    public SimulatorOptions Options { get; }

    public SearchSpec Spec { get; }

    /// <summary>The server's ingest lag, ms: shorter than the range, not said, or longer than the range.</summary>
    public long? IngestLagMs => (Seed % 3) switch { 0 => 1_000, 1 => null, _ => 172_800_000 };

    /// <summary>Name of the file that is written.</summary>
    public string File { get; }

    /// <summary>The requirement for the verdict, from all faults together.</summary>
    public Demand Demand { get; }

    /// <summary>The answers that bring most of the events.</summary>
    public AnswerKinds Main => BeginsWithTail ? AnswerKinds.Tail : Rows <= 200 ? AnswerKinds.Plain : Spec.Strategy switch
    {
        SearchStrategy.Around => AnswerKinds.Around,
        SearchStrategy.Stream => AnswerKinds.Stream,
        SearchStrategy.Auto when Rows <= 1_000 => AnswerKinds.Events,
        _ => Options.MaxTail > 200 ? AnswerKinds.Tail : AnswerKinds.Plain,
    };

    /// <summary>The answer that a search begins with.</summary>
    public AnswerKinds First => BeginsWithTail ? AnswerKinds.Tail : AnswerKinds.Plain;

    private bool BeginsWithTail => Spec.Strategy == SearchStrategy.Auto && Options.MaxTail > 200
        && !Spec.Query.Contains(":=", StringComparison.Ordinal) && !Spec.Query.Contains("parseTimestamp", StringComparison.Ordinal);

    /// <summary>How many rows the query makes of the events.</summary>
    public int Rows => _count * _rowsOfEvent;

    /// <summary>Whether the events are walked page by page, or may be: some of them, or all.</summary>
    public bool MayWalk => Rows > 200 && (Spec.Strategy == SearchStrategy.Around
        || _instant * _rowsOfEvent > 200
        || (Spec.Strategy == SearchStrategy.Auto && Rows <= 1_000));

    /// <summary>Adds the events: so many in most instants, the last one added the newest of its instant.</summary>
    public void Fill(LogScaleSimulator server)
    {
        var random = new Random(Seed);
        var events = new List<string>(_count);
        for (var time = TestBench.Newest; events.Count < _count; time -= random.Next(1, 30))
        {
            for (var i = 1 + random.Next(_instant); i > 0 && events.Count < _count; i--)
                events.Add(Event(events.Count, time, random));
        }
        events.Reverse();
        server.Events.Add(events);
    }

    public override string ToString()
    {
        var o = Options;
        return $"""
            seed {Seed}: {Demand} is demanded; {Spec.Strategy} of {Spec.Query}
              {_count} events, up to {_instant} an instant; tail to {o.MaxTail}, brings {o.TailBrings}; {o.Defects}
              around: repeats {o.AroundRepeatsAnchor}, order {o.AroundOrder}, clips {o.AroundClips}, more {o.AroundHasMore}
              tail: order {o.TailOrder}, more {o.TailHasMore}, aggregate {o.TailIsAggregate}
              date {o.DateHeaderAhead}; late {string.Join(", ", o.LateArrivals)}; leaving {string.Join(", ", o.Departures)}
              {string.Join("\n  ", o.AnswerFaults.Faults)}
            """;
    }

    private static SimulatorOptions NewOptions(Random random)
    {
        bool Coin() => random.Next(2) == 0;
        return new SimulatorOptions
        {
            Seed = random.Next(),
            MaxTail = Pick(random, [100, 10_000, 200_000]),
            TailBrings = Pick(random, [int.MaxValue, int.MaxValue, 1_000, 400]),
            TailOrder = ServerAnswers.Order(Coin()),
            TailHasMore = Coin(),
            TailIsAggregate = Coin(),
            AroundRepeatsAnchor = Coin(),
            AroundOrder = ServerAnswers.Order(Coin()),
            AroundClips = Coin(),
            AroundHasMore = (AroundHasMoreMode)random.Next(3),
        };
    }

    /// <summary>What the query alone demands of the verdict.</summary>
    private Demand OfQuery(string query) => query switch
    {
        " | select([@timestamp, n])" => Demand.Honest,
        // A page cannot follow an anchor whose time was moved, or that is several rows, and no window is smaller than an instant.
        not "" when MayWalk && !query.Contains("@id", StringComparison.Ordinal) => Demand.Honest,
        _ => Demand.Complete,
    };

    private static string Event(int number, long time, Random random)
    {
        var json = TestBench.Event(number, time).Replace($"\"{time + 5}\"", $"\"{time + random.Next(2_000)}\"", StringComparison.Ordinal);
        return $$"""{{json[..^1]}},"x[0]":"p{{number}}","x[1]":"q","x[2]":"r"}""";
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
