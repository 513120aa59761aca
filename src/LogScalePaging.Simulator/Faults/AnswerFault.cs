using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;

namespace LogScalePaging.Simulator;

/// <summary>
/// One way in which answers are wrong, and which answers. All conditions that are set must hold. Every fault of a plan that hits
/// an answer acts on it. What is random is drawn from <see cref="Seed"/> and from what was asked, so that it does not depend on the
/// order in which requests come.
/// </summary>
/// <param name="kind">What is wrong.</param>
/// <param name="amount">How much of it: rows, events or milliseconds, as <see cref="AnswerFaultKind"/> says.</param>
public sealed class AnswerFault(AnswerFaultKind kind, long amount = 1)
{
    private readonly object _gate = new();
    private int _passed;
    private int _used;
    private long _warnings;
    private long _invented;

    public AnswerFaultKind Kind { get; } = kind;

    public long Amount { get; } = amount;

    /// <summary>The text of <see cref="AnswerFaultKind.Warnings"/>.</summary>
    public string Text { get; init; } = "Warning {0} of the simulator";

    /// <summary>Which answers; kinds that the fault cannot show on pass.</summary>
    public AnswerKinds On { get; init; } = AnswerKinds.Any;

    /// <summary>Any further condition.</summary>
    public Func<AnswerInfo, bool>? When { get; init; }

    /// <summary>
    /// The first job of the same query and range that is hit, counted from 1. Of a count over the whole range, 1 is the count before
    /// a walk and 2 the count after it.
    /// </summary>
    public int FromAsk { get; init; } = 1;

    /// <summary>The last job of the same query and range that is hit: 1 lets everything that is asked again come right.</summary>
    public int ToAsk { get; init; } = int.MaxValue;

    /// <summary>So many answers pass before the first is hit.</summary>
    public int After { get; init; }

    /// <summary>How many answers are hit before the fault is spent.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>The share of the questions, 0 to 1, whose answers are hit. A question is hit each time it is asked, or never.</summary>
    public double Share { get; init; } = 1;

    public int Seed { get; init; }

    /// <summary>How many answers it has hit.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
                return _used;
        }
    }

    private AnswerKinds Possible => Kind switch
    {
        AnswerFaultKind.CountOff or AnswerFaultKind.CountRandom or AnswerFaultKind.CountZero => AnswerKinds.Count,
        AnswerFaultKind.HistogramOff or AnswerFaultKind.HistogramEmpty => AnswerKinds.Histogram,
        AnswerFaultKind.ShuffledInstants or AnswerFaultKind.ExchangedRows or AnswerFaultKind.ReplacedRow or AnswerFaultKind.DroppedRow
            or AnswerFaultKind.RepeatedRow or AnswerFaultKind.LostRow or AnswerFaultKind.InventedRows => AnswerKinds.Events,
        _ => AnswerKinds.Any & ~AnswerKinds.Stream,
    };

    public override string ToString()
    {
        string to = ToAsk == int.MaxValue ? "on" : FormattableString.Invariant($"to {ToAsk}");
        string times = Times == int.MaxValue ? "always" : FormattableString.Invariant($"{Times} times");
        string when = FormattableString.Invariant($"asks {FromAsk} {to}, after {After}, {times}, share {Share:0.##}, seed {Seed}");
        return FormattableString.Invariant($"{Kind} {Amount} of {On} ({when})");
    }

    internal bool Concerns(AnswerInfo answer)
    {
        if ((On & Possible & answer.Kind) == 0 || answer.Ask < FromAsk || answer.Ask > ToAsk || (When is { } when && !when(answer)))
            return false;
        if (Share < 1 && (Draws.Of(Seed, answer).Next() >> 11) * (1.0 / (1UL << 53)) >= Share)
            return false;
        lock (_gate)
        {
            if (_passed < After)
            {
                _passed++;
                return false;
            }
            if (_used >= Times)
                return false;
            _used++;
            return true;
        }
    }

    /// <summary>The text with the next number.</summary>
    internal string NextWarning() => Text.Replace("{0}", Interlocked.Increment(ref _warnings).ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes numbers that no other answer gets.</summary>
    /// <returns>The first of them.</returns>
    internal long NextRows() => Interlocked.Add(ref _invented, Amount) - Amount;

    /// <summary>Random numbers that are the same for the same question.</summary>
    internal Randomness Draw(AnswerInfo answer, string salt = "") => Draws.Of(Seed, answer, Kind + salt);
}
