using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>The faults that a <see cref="LyingServer"/> chooses from, each with its requirement for the verdict.</summary>
internal static class WrongAnswers
{
    private static readonly AnswerFaultKind[] s_noEvents =
    [
        AnswerFaultKind.EventsAbsent, AnswerFaultKind.EventsNull, AnswerFaultKind.EventsObject,
    ];

    private static readonly AnswerFaultKind[] s_hasMore =
    [
        AnswerFaultKind.HasMoreFalse, AnswerFaultKind.HasMoreTrue, AnswerFaultKind.HasMoreMissing, AnswerFaultKind.SaysAggregate,
    ];

    private static readonly AnswerFaultKind[] s_ranges =
    [
        AnswerFaultKind.RangeFromZero, AnswerFaultKind.RangeReversed, AnswerFaultKind.RangeBeyondCalendar, AnswerFaultKind.RangeNegative,
        AnswerFaultKind.RangeShifted,
    ];

    /// <summary>Rows that are wrong once. Another request gives the right ones.</summary>
    public static readonly Func<LyingServer, Random, Demand>[] RowsOnce =
    [
        (s, _) => Add(s, new AnswerFault(AnswerFaultKind.ShuffledInstants) { Seed = s.Seed }),
        // The one that no number shows, twice as often.
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.ReplacedRow)),
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.ReplacedRow, 1 + r.Next(2))),
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.DroppedRow, 1 + r.Next(2))),
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.RepeatedRow, 1 + r.Next(2))),
        // A page of a walk that is one row short looks like any other; only the count at the end shows it.
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.LostRow), s.MayWalk ? Demand.Honest : Demand.Complete),
        (s, r) => Add(s, Once(s, r, Pick(r, s_noEvents))),
        (s, r) => Add(s, Once(s, r, AnswerFaultKind.EventCountOff, r.Next(2) == 0 ? -1 : 2)),
    ];

    /// <summary>Rows that are wrong each time.</summary>
    public static readonly Func<LyingServer, Random, Demand>[] RowsAlways =
    [
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.ReplacedRow), Demand.Honest),
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.DroppedRow), Demand.Honest),
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.RepeatedRow), Demand.Honest),
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.LostRow), Demand.Honest),
        (s, r) => Add(s, Always(s, r, Pick(r, s_noEvents)), Demand.Honest),
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.EventCountOff, r.Next(-3, 4)), Demand.Honest),
        (s, r) => Add(s, Always(s, r, AnswerFaultKind.EventCountMissing), Demand.Honest),
        // Where the anchor of a page is not the only event with its id, a walk cannot be sure of its place.
        (s, r) => Defect(s, d => d with { RepeatedId = r.NextDouble() / 4 }, s.MayWalk ? Demand.Honest : Demand.Complete),
        (s, r) => Defect(s, d => d with { Doubled = r.NextDouble() / 20 }, Demand.Honest),
        (s, r) => Defect(s, d => d with { WithoutId = Pick(r, [0.1, 0.9, 1]), IdForm = (MissingIdForm)r.Next(4) }, Demand.Honest),
    ];

    /// <summary>What an answer says of itself, wrong once or of no weight: ranges, claims, plans, clocks, characters, warnings.</summary>
    public static readonly Func<LyingServer, Random, Demand>[] ClaimsOnce =
    [
        (s, _) => Add(s, new AnswerFault(AnswerFaultKind.HasMoreFalse) { On = s.First, Times = 1 }),
        (s, _) => Add(s, new AnswerFault(AnswerFaultKind.HasMoreTrue) { On = s.First, Times = 1 }),
        (s, r) => Range(s, new AnswerFault(Pick(r, s_ranges), -7_200_000) { On = s.First, Times = 1 }, Demand.Complete),
        (s, r) => Histogram(s, new AnswerFault(AnswerFaultKind.HistogramOff, 1 + r.Next(50)) { Seed = s.Seed }),
        (s, _) => Histogram(s, new AnswerFault(AnswerFaultKind.HistogramEmpty)),
        (s, r) => Defect(s, d => d with { IngestedIn2100 = r.NextDouble() }, Demand.Complete),
        (s, r) => Date(s, Pick(r, [-3_600, -2, 2, 3_600])),
        (s, r) => Defect(s, d => d with { InvalidUtf8 = r.NextDouble() / 2 }, Demand.Complete),
        (s, _) => Add(s, new AnswerFault(AnswerFaultKind.Warnings, 600) { Text = "node {0} has rebooted", Times = 3 }),
    ];

    /// <summary>What makes the proof itself wrong, and claims that stay wrong.</summary>
    public static readonly Func<LyingServer, Random, Demand>[] ClaimsAlways =
    [
        (s, r) => Count(s, r, AnswerFaultKind.CountOff),
        (s, r) => Count(s, r, AnswerFaultKind.CountRandom),
        (s, r) => Count(s, r, AnswerFaultKind.CountZero),
        (s, r) => Add(s, new AnswerFault(AnswerFaultKind.Refused) { On = AnswerKinds.Count, FromAsk = 1 + r.Next(2) }, Demand.Honest),
        (s, r) => Add(s, Always(s, r, Pick(r, s_hasMore)), Demand.Honest),
        (s, r) => Range(s, new AnswerFault(Pick(r, s_ranges), 3_600_000), Demand.NotComplete),
        (s, _) => Range(s, new AnswerFault(AnswerFaultKind.RangeMissing), Demand.Honest),
        (s, _) => Range(s, new AnswerFault(AnswerFaultKind.RangeOverwritten), Demand.Honest),
        (s, r) => Late(s, r),
        (s, r) => Leaving(s, r),
        (s, _) => Add(s, new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result" }, Demand.NotComplete),
    ];

    // The first answers are often those that only look around: what follows them is hit as often.
    private static AnswerFault Once(LyingServer server, Random random, AnswerFaultKind kind, long amount = 1) => new(kind, amount)
    {
        On = Pick(random, [AnswerKinds.Events, server.Main, server.Main]),
        After = server.Rows <= 200 ? 0 : random.Next(4),
        Times = 1,
        Seed = server.Seed,
    };

    private static AnswerFault Always(LyingServer server, Random random, AnswerFaultKind kind, long amount = 1) => new(kind, amount)
    {
        On = Pick(random, [AnswerKinds.Events, server.Main]),
        Share = Pick(random, [1, 1, 0.3]),
        Seed = server.Seed,
    };

    private static Demand Count(LyingServer server, Random random, AnswerFaultKind kind)
    {
        var (from, to) = Pick(random, [(1, 1), (2, int.MaxValue), (1, int.MaxValue)]);
        var amount = kind == AnswerFaultKind.CountOff && random.Next(2) == 0 ? -1 - random.Next(5) : 1 + random.Next(5);
        var share = Pick(random, [1, 0.5]);
        return Add(server, new AnswerFault(kind, amount) { FromAsk = from, ToAsk = to, Share = share, Seed = server.Seed }, Demand.Honest);
    }

    // One claim about the range at a time: a query that sets its own range may have another than was asked for.
    private static Demand Range(LyingServer server, AnswerFault fault, Demand demand)
    {
        var isTaken = server.Options.AnswerFaults.Faults.Any(f => f.Kind >= AnswerFaultKind.RangeFromZero);
        return isTaken ? Demand.Complete : Add(server, fault, demand);
    }

    // A histogram is only a plan, unless nothing else shows that a window was cut without a word.
    private static Demand Histogram(LyingServer server, AnswerFault fault)
        => Add(server, fault, server.Options.TailBrings < int.MaxValue ? Demand.Honest : Demand.Complete);

    private static Demand Late(LyingServer server, Random random)
    {
        var ago = TimeSpan.FromMilliseconds(1_001 + random.Next(5_000));
        server.Options.LateArrivals = [new LateArrival(1 + random.Next(8), ago, 1 + random.Next(10))];
        return Demand.Honest;
    }

    private static Demand Leaving(LyingServer server, Random random)
    {
        server.Options.Departures = [new Departure(1 + random.Next(12), 1 + random.Next(1 + (server.Rows / 2)))];
        return Demand.Honest;
    }

    private static Demand Date(LyingServer server, int seconds)
    {
        server.Options.DateHeaderAhead = TimeSpan.FromSeconds(seconds);
        return Demand.Complete;
    }

    private static Demand Defect(LyingServer server, Func<EventDefects, EventDefects> change, Demand demand)
    {
        server.Options.Defects = change(server.Options.Defects);
        return demand;
    }

    private static Demand Add(LyingServer server, AnswerFault fault, Demand demand = Demand.Complete)
    {
        server.Options.AnswerFaults.Add(fault);
        return demand;
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
