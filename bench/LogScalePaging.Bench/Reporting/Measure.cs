namespace LogScalePaging.Bench.Reporting;

/// <summary>One number with its bound.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">As the project does it.</param>
/// <param name="Against">The result that it is compared with; empty if its bound is absolute.</param>
/// <param name="Result">The number that is judged.</param>
/// <param name="Bound">What it must hold.</param>
/// <param name="Holds">Whether it does.</param>
internal sealed record Measure(string What, string Ours, string Against, string Result, string Bound, bool Holds)
{
    /// <summary>More is better: ours over theirs must be no less than the floor.</summary>
    public static Measure AtLeast(string what, double ours, double theirs, string unit, double floor) =>
        new(what, Number(ours, unit), Number(theirs, unit), Times(ours / theirs), ">= " + Times(floor), ours / theirs >= floor);

    /// <summary>More is better, and nothing is promised.</summary>
    public static Measure Shown(string what, double ours, double theirs, string unit) =>
        new(what, Number(ours, unit), Number(theirs, unit), Times(ours / theirs), "", true);

    /// <summary>Less is better: ours over theirs must be no more than the ceiling.</summary>
    public static Measure AtMost(string what, double ours, double theirs, string unit, double ceiling) =>
        new(what, Number(ours, unit), Number(theirs, unit), Times(ours / theirs), "<= " + Times(ceiling), ours / theirs <= ceiling);

    /// <summary>Less is better: the number itself must be below the limit.</summary>
    public static Measure Below(string what, double ours, string unit, double limit) =>
        new(what, Number(ours, unit), "", Number(ours, unit), "< " + Number(limit, unit), ours < limit);

    /// <summary>More is better: the number itself must be no less than the floor.</summary>
    public static Measure Above(string what, double ours, string unit, double floor) =>
        new(what, Number(ours, unit), "", Number(ours, unit), ">= " + Number(floor, unit), ours >= floor);

    /// <summary>A number beside the others; nothing is promised.</summary>
    public static Measure Noted(string what, double ours, string unit) => new(what, Number(ours, unit), "", Number(ours, unit), "", true);

    private static string Times(double ratio) => FormattableString.Invariant($"{ratio:0.0#}x");

    private static string Number(double value, string unit) => value switch
    {
        >= 100 => FormattableString.Invariant($"{value:N0} {unit}"),
        >= 10 => FormattableString.Invariant($"{value:0.#} {unit}"),
        _ => FormattableString.Invariant($"{value:0.##} {unit}"),
    };
}
