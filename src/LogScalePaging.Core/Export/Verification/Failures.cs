using LogScalePaging.Common;

namespace LogScalePaging.Export.Verification;

/// <summary>Counts failures, and keeps the message of the first one. A million bad rows need one line.</summary>
internal sealed class Failures
{
    public long Count { get; private set; }

    public string? First { get; private set; }

    public void Add(string what)
    {
        Count++;
        First ??= Printable.Line(what);
    }

    public VerificationFinding Finding(string check, string expected, string? note = null) => new(
        check,
        Count == 0,
        expected,
        Count == 0 ? "as expected" : FormattableString.Invariant($"{Count:N0} failed"),
        Count == 0 ? note : Count == 1 ? First : FormattableString.Invariant($"{First} (the first of {Count:N0})"));
}
