namespace LogScalePaging.Simulator.Axiom;

/// <summary>An event of a dataset.</summary>
/// <param name="Time">Nanoseconds since 1970 UTC.</param>
/// <param name="SystemTime">When it was received, in the same unit.</param>
/// <param name="Row">Its position in the order of cursors among events with the same time.</param>
/// <param name="Content">The source of its fields. Events with the same content and times are equal in every byte.</param>
internal readonly record struct AxiomEvent(long Time, long SystemTime, int Row, int Content) : IComparable<AxiomEvent>
{
    public string Cursor => FormattableString.Invariant($"{Time:x16}-{Row:x8}");

    public int CompareTo(AxiomEvent other) => Time != other.Time ? Time.CompareTo(other.Time) : Row.CompareTo(other.Row);
}
