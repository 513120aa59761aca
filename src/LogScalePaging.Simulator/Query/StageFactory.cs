using LogScalePaging.Simulator.Query.Parsing;
using LogScalePaging.Simulator.Query.Stages;

namespace LogScalePaging.Simulator.Query;

/// <summary>Creates stages from calls.</summary>
internal static class StageFactory
{
    private const int DefaultLimit = 200;
    private const int MaxGroups = 1_000_000;

    public static Stage Create(FunctionCall call, string query, int maxTail, int tailBrings)
    {
        ArgumentReader Arguments(params string[] parameters) => new(call, query, parameters);
        ArgumentReader a;
        switch (call.Name.ToLowerInvariant())
        {
            case "tail":
                return new EndsStage(Math.Min(Arguments("limit").Count("limit", DefaultLimit, maxTail), tailBrings), newest: true);
            case "head":
                return new EndsStage(Arguments("limit").Count("limit", DefaultLimit, maxTail), newest: false);
            case "select":
                a = Arguments("fields");
                return new SelectStage(a.Texts("fields") ?? throw a.Missing("fields"), null);
            case "table":
                a = Arguments("fields", "limit");
                return new SelectStage(a.Texts("fields") ?? throw a.Missing("fields"), a.Count("limit", DefaultLimit, maxTail));
            case "sort":
                a = Arguments("field", "order", "limit", "type");
                return new SortStage(a.Texts("field") ?? ["_count"], IsDescending(a), a.Count("limit", DefaultLimit, maxTail));
            case "groupby":
                a = Arguments("field", "function", "limit");
                return new GroupByStage(a.Texts("field") ?? throw a.Missing("field"), Aggregate.AllOf(a.Value("function"), query),
                    a.Count("limit", 20_000, MaxGroups));
            case "bucket":
                a = Arguments("span", "function", "field", "limit");
                return new BucketStage(Span(a), a.Text("field"), Aggregate.AllOf(a.Value("function"), query), isTimeChart: false);
            case "timechart":
                a = Arguments("series", "span", "function", "limit");
                return new BucketStage(Span(a), a.Text("series"), Aggregate.AllOf(a.Value("function"), query), isTimeChart: true);
            case "parsetimestamp":
                a = Arguments("format", "field", "as");
                return new ParseTimestampStage(a.Text("field") ?? throw a.Missing("field"), a.Text("as") ?? "@timestamp");
            case "split":
                a = Arguments("field");
                return new SplitStage(a.Text("field") ?? "_events");
            case "selfjoinfilter":
                a = Arguments("field", "where");
                return new SelfJoinFilterStage(a.Text("field") ?? throw a.Missing("field"),
                    a.Subqueries("where") ?? throw a.Missing("where"));
            case "fieldset":
                Arguments();
                return new FieldSetStage();
            default:
                return new TotalStage(Aggregate.Of(call, query));
        }
    }

    private static bool IsDescending(ArgumentReader arguments)
    {
        var order = arguments.Text("order") ?? "desc";
        return order.Equals("desc", StringComparison.OrdinalIgnoreCase)
            || (order.Equals("asc", StringComparison.OrdinalIgnoreCase)
                ? false
                : throw arguments.Error("Expected asc or desc for order", "order"));
    }

    private static long? Span(ArgumentReader arguments)
    {
        var text = arguments.Text("span");
        if (text is null || text.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return null;
        return RequestTime.TrySpan(text, out var span) ? span : throw arguments.Error("Expected a length of time for span", "span");
    }
}
