using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.Parsing;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>One number from many rows: <c>count()</c>, <c>sum(f)</c>, <c>min(f)</c>, <c>max(f)</c>, <c>avg(f)</c>.</summary>
internal sealed class Aggregate(string function, string name, string? field)
{
    private readonly StoredName? _field = field is null ? null : new StoredName(field);

    public static IReadOnlyList<string> Functions { get; } = ["count", "sum", "min", "max", "avg"];

    private string Function { get; } = function;

    /// <summary>The column of the result.</summary>
    public string Name => name;

    /// <summary>Whether it only counts rows, so that they need not be read.</summary>
    public bool CountsRows => Function == "count" && _field is null;

    public static Aggregate Of(FunctionCall call, string query)
    {
        var function = call.Name.ToLowerInvariant();
        if (!Functions.Contains(function))
            throw QueryException.At($"Unknown function: {call.Name}", query, call.Position, call.Name.Length);
        var arguments = new ArgumentReader(call, query, "field", "as");
        var field = arguments.Text("field");
        if (field is null && function != "count")
            throw arguments.Missing("field");
        return new Aggregate(function, arguments.Text("as") ?? "_" + function, field);
    }

    /// <summary>The functions of a <c>function=</c> argument: <c>count()</c> if there is none.</summary>
    public static IReadOnlyList<Aggregate> AllOf(ArgumentValue? value, string query)
        => value is null ? [new Aggregate("count", "_count", null)]
            : [.. value.Items.Select(v => Of(v.Call ?? new FunctionCall(v.Text ?? "", 0, []), query))];

    public Total Start() => new(this);

    /// <summary>The running value.</summary>
    public sealed class Total(Aggregate aggregate)
    {
        private long _count;
        private double _value;

        public void Add(ReadOnlySpan<byte> json)
        {
            if (aggregate._field is null)
            {
                _count++;
                return;
            }
            if (!aggregate._field.TryRead(json, out var value))
                return;
            double number = 0;
            if (aggregate.Function != "count" && !value.TryNumber(out number))
                return;
            _value = aggregate.Function switch
            {
                "min" => _count == 0 ? number : Math.Min(_value, number),
                "max" => _count == 0 ? number : Math.Max(_value, number),
                _ => _value + number,
            };
            _count++;
        }

        public void AddRows(long count) => _count += count;

        public void WriteTo(ByteWriter row)
        {
            if (_count == 0 && aggregate.Function is "min" or "max" or "avg")
                return;
            var value = aggregate.Function switch { "count" => _count, "avg" => _value / _count, _ => _value };
            if (row.Buffer[row.Length - 1] != (byte)'{')
                row.Add((byte)',');
            row.AddString(aggregate.Name).Add((byte)':').AddString(value.ToString(CultureInfo.InvariantCulture));
        }

    }
}
