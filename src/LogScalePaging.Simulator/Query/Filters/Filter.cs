using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query.Filters;

/// <summary>Decides whether an event matches. Immutable and thread safe.</summary>
internal abstract class Filter
{
    public static Filter All { get; } = new Everything();

    /// <summary>Whether it matches every event, so that it need not be evaluated.</summary>
    public virtual bool IsAll => false;

    public abstract bool Matches(in Row row);

    public static Filter And(Filter left, Filter right) => left.IsAll ? right : right.IsAll ? left : new Both(left, right);

    public static Filter Or(Filter left, Filter right) => new Either(left, right);

    public static Filter Not(Filter inner) => new Opposite(inner);

    private sealed class Everything : Filter
    {
        public override bool IsAll => true;

        public override bool Matches(in Row row) => true;
    }

    private sealed class Both(Filter left, Filter right) : Filter
    {
        public override bool Matches(in Row row) => left.Matches(row) && right.Matches(row);
    }

    private sealed class Either(Filter left, Filter right) : Filter
    {
        public override bool IsAll => left.IsAll || right.IsAll;

        public override bool Matches(in Row row) => left.Matches(row) || right.Matches(row);
    }

    private sealed class Opposite(Filter inner) : Filter
    {
        public override bool Matches(in Row row) => !inner.Matches(row);
    }
}
