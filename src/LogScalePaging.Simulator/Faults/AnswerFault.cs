using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;

namespace LogScalePaging.Simulator;

/// <summary>
/// One way in which answers are wrong, and which answers. All conditions must be met. Every fault of a plan that hits an answer changes
/// it. Random numbers come from <see cref="Seed"/> and from the request, so they do not depend on the order of requests.
/// </summary>
/// <param name="kind">What is wrong.</param>
/// <param name="amount">The amount: rows, events or milliseconds, as <see cref="AnswerFaultKind"/> says.</param>
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

    /// <summary>The affected answers. Others are not changed.</summary>
    public AnswerKinds On { get; init; } = AnswerKinds.Any;

    /// <summary>An additional condition.</summary>
    public Func<AnswerInfo, bool>? When { get; init; }

    /// <summary>
    /// The first affected job of the same query and range, counted from 1. For counts over the whole range, 1 is the count before a walk
    /// and 2 the count after it.
    /// </summary>
    public int FromAsk { get; init; } = 1;

    /// <summary>The last affected job of the same query and range. With 1, the answer is right when it is requested again.</summary>
    public int ToAsk { get; init; } = int.MaxValue;

    /// <summary>Number of answers that stay right before the first affected one.</summary>
    public int After { get; init; }

    /// <summary>Maximum number of affected answers.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>The share of requests, 0 to 1, with affected answers. The same request is affected each time, or never.</summary>
    public double Share { get; init; } = 1;

    public int Seed { get; init; }

    /// <summary>Number of affected answers so far.</summary>
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
        var to = ToAsk == int.MaxValue ? "on" : FormattableString.Invariant($"to {ToAsk}");
        var times = Times == int.MaxValue ? "always" : FormattableString.Invariant($"{Times} times");
        var when = FormattableString.Invariant($"asks {FromAsk} {to}, after {After}, {times}, share {Share:0.##}, seed {Seed}");
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

    /// <summary>Takes numbers that no other answer uses.</summary>
    /// <returns>The first of them.</returns>
    internal long NextRows() => Interlocked.Add(ref _invented, Amount) - Amount;

    /// <summary>Random numbers that are equal for equal requests.</summary>
    internal Randomness Draw(AnswerInfo answer, string salt = "") => Draws.Of(Seed, answer, Kind + salt);
}
