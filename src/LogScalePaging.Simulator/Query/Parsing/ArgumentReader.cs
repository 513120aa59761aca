using System.Globalization;
using LogScalePaging.Simulator.Query.Filters;

namespace LogScalePaging.Simulator.Query.Parsing;

/// <summary>Reads a call's arguments, and refuses arguments that the function does not have.</summary>
internal sealed class ArgumentReader
{
    private readonly FunctionCall _call;
    private readonly string _query;
    private readonly Dictionary<string, Argument> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="parameters">The function's parameters, the one without a name first.</param>
    public ArgumentReader(FunctionCall call, string query, params string[] parameters)
    {
        (_call, _query) = (call, query);
        foreach (var argument in call.Arguments)
        {
            var name = argument.Name ?? (parameters.Length > 0 ? parameters[0] : "");
            if (!parameters.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new QueryException(
                    $"parameter {(name.Length == 0 ? "without a name" : name)} is not supported in function {call.Name}");
            if (_byName.ContainsKey(name))
                throw Error($"The parameter {name} of {call.Name} is given twice", argument);
            _byName.Add(name, argument);
        }
    }

    public QueryException Missing(string parameter)
        => QueryException.At($"The function {_call.Name} needs the parameter {parameter}", _query, _call.Position, _call.Name.Length);

    public ArgumentValue? Value(string parameter) => _byName.TryGetValue(parameter, out var a) ? a.Value : null;

    public string? Text(string parameter)
        => !_byName.TryGetValue(parameter, out var a) ? null : a.Value.Text ?? throw Error($"Expected a text for {parameter}", a);

    public IReadOnlyList<string>? Texts(string parameter)
        => !_byName.TryGetValue(parameter, out var a) ? null
            : [.. a.Value.Items.Select(v => v.Text ?? throw Error($"Expected texts for {parameter}", a))];

    public IReadOnlyList<Filter>? Subqueries(string parameter)
        => !_byName.TryGetValue(parameter, out var a) ? null
            : [.. a.Value.Items.Select(v => v.Subquery ?? throw Error($"Expected queries in braces for {parameter}", a))];

    /// <summary>A whole number, at least 1. <c>max</c> means the largest.</summary>
    public int Count(string parameter, int fallback, int max)
    {
        var text = Text(parameter);
        if (text is null)
            return Math.Min(fallback, max);
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
            return max;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            throw Error($"Expected a number from 1 on for {parameter}", _byName[parameter]);
        return count <= max ? count
            : throw Error(FormattableString.Invariant($"The maximum value for {parameter} of {_call.Name} is {max}, but {count} was given"),
                _byName[parameter]);
    }

    public QueryException Error(string problem, string parameter)
        => _byName.TryGetValue(parameter, out var a) ? Error(problem, a) : Missing(parameter);

    private QueryException Error(string problem, Argument argument) => QueryException.At(problem, _query, argument.Position);
}
