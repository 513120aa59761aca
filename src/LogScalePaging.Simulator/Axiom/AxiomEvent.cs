namespace LogScalePaging.Simulator.Axiom;

/// <summary>An event of a dataset.</summary>
/// <param name="Time">Nanoseconds since 1970 UTC.</param>
/// <param name="SystemTime">When it was received, in the same unit.</param>
/// <param name="Row">Its place in the order of cursors among the events of its instant.</param>
/// <param name="Content">What its fields are made of. Events with the same content and times are the same in every byte.</param>
internal readonly record struct AxiomEvent(long Time, long SystemTime, int Row, int Content) : IComparable<AxiomEvent>
{
    public string Cursor => FormattableString.Invariant($"{Time:x16}-{Row:x8}");

    public int CompareTo(AxiomEvent other) => Time != other.Time ? Time.CompareTo(other.Time) : Row.CompareTo(other.Row);
}
