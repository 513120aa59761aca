using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.Filters;
using LogScalePaging.Simulator.Query.Parsing;

namespace LogScalePaging.Simulator.Query;

/// <summary>A parsed query: a filter, and the stages after it.</summary>
internal sealed class QueryPlan
{
    private QueryPlan(string filterText, string filterKey, Filter filter, IReadOnlyList<Stage> stages)
        => (FilterText, FilterKey, Filter, Stages) = (filterText, filterKey, filter, stages);

    /// <summary>The part of the query with filters only, as in <c>filterQuery.queryString</c>.</summary>
    public string FilterText { get; }

    /// <summary>Equal for equal filters: text and arguments.</summary>
    public string FilterKey { get; }

    public Filter Filter { get; }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The range of <c>setTimeInterval()</c>, which replaces the requested one; null without it.</summary>
    public (string Start, string End)? Interval { get; private init; }

    /// <exception cref="QueryException">The query has an error.</exception>
    public static QueryPlan Parse(string query, IReadOnlyDictionary<string, string>? arguments, TagCodes tags, int maxTail,
        int tailBrings = int.MaxValue)
    {
        var parser = new QueryParser(query, arguments, tags);
        var filter = Filter.All;
        var stages = new List<Stage>();
        var filterEnd = 0;
        (string Start, string End)? interval = null;
        foreach ((var segment, var end) in parser.Segments())
        {
            if (segment is FunctionCall { } own && own.Name.Equals("setTimeInterval", StringComparison.OrdinalIgnoreCase))
            {
                var times = new ArgumentReader(own, query, "start", "end");
                interval = (times.Text("start") ?? throw times.Missing("start"), times.Text("end") ?? "now");
            }
            else if (segment is FunctionCall call)
            {
                stages.Add(StageFactory.Create(call, query, maxTail, tailBrings));
            }
            else if (segment is Assignment assignment)
            {
                stages.Add(new Stages.AssignStage(assignment));
            }
            else if (stages.Count > 0)
            {
                stages.Add(new Stages.FilterStage((Filter)segment));
            }
            else
            {
                filter = Filter.And(filter, (Filter)segment);
                filterEnd = end;
            }
        }
        var text = query.Substring(0, filterEnd).Trim();
        var key = parser.UsesParameters ? text + "\0" + string.Join("\0", arguments!.Select(a => a.Key + "=" + a.Value)) : text;
        return new QueryPlan(text.Length == 0 ? "*" : text, key, filter, stages) { Interval = interval };
    }
}
