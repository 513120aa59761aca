using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.Filters;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>selfJoinFilter(aid, where=[{..}, {..}])</c>: keeps the events whose key also has an event for every clause, anywhere in the range.
/// Whether an event is kept therefore depends on other events, and on the range.
/// </summary>
internal sealed class SelfJoinFilterStage(string field, IReadOnlyList<Filter> clauses) : Stage
{
    private readonly StoredName _field = new(field);

    public override bool KeepsEvents => true;

    public override bool RelatesEvents => true;

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override Rows Apply(Rows rows, StageContext context)
    {
        var keys = new string?[rows.Count];
        HashSet<string>[] found = [.. clauses.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
        for (var i = 0; i < rows.Count; i++)
        {
            if (!_field.TryRead(rows.Json(i), out var value))
                continue;
            keys[i] = value.Text;
            for (var c = 0; c < clauses.Count; c++)
            {
                if (clauses[c].Matches(rows.Filterable(i)))
                    found[c].Add(keys[i]!);
            }
        }
        return rows.Pick([.. Enumerable.Range(0, rows.Count).Where(i => keys[i] is { } key && found.All(f => f.Contains(key)))]);
    }
}
