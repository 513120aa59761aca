using System.Globalization;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>
/// Runs the part of APL that the tests and the help use: where with comparisons joined by and, extend … = cursor_current(), project,
/// project-away, sort and order by _time, limit, take, count, summarize count() by bin(_time, …) or by a field, distinct.
/// </summary>
internal sealed class AplRunner(AxiomSimulatorOptions options)
{
    private readonly AxiomResult _result = new() { Columns = ["_time", "_sysTime", .. AxiomEventFields.Names.Select(f => f.Name)] };
    private bool _isLimited;

    /// <param name="events">The events of the range, oldest first.</param>
    /// <param name="stages">The query.</param>
    /// <param name="cursor">The cursor after which the answer begins; null for the beginning.</param>
    /// <param name="shuffle">A seed for the order of events with the same time; null for the stored order.</param>
    /// <exception cref="FormatException">The query cannot be run.</exception>
    public AxiomResult Run(IReadOnlyList<AxiomEvent> events, IReadOnlyList<AplStage> stages, string? cursor, int? shuffle)
    {
        _result.Rows = [.. events.Select(e => new AxiomRow(e, null))];
        _result.Matched = events.Count;
        foreach (var stage in stages.Skip(1))
            Apply(stage, cursor, shuffle);
        if (!_isLimited && !_result.IsMade)
            Limit(options.DefaultLimit);
        Limit(options.MaxRows);
        return _result;
    }

    private void Apply(AplStage stage, string? cursor, int? shuffle)
    {
        switch (stage.Name)
        {
            case "where":
                Where(stage.Words);
                break;
            case "extend" when stage.Words is ["_rowId", "=", "cursor_current", "(", ")"]:
                _result.Columns.Add("_rowId");
                break;
            case "project":
                _result.Columns = [.. stage.Words.Where(w => w != ",")];
                break;
            case "project-away":
                _result.Columns.RemoveAll(stage.Words.Contains);
                break;
            case "sort" or "order" when stage.Words.Count >= 2 && stage.Words[0] == "by" && stage.Words[1] == "_time":
                Sort(isAscending: stage.Words.Contains("asc"), cursor, shuffle);
                break;
            case "limit" or "take" when stage.Words.Count == 1
                && int.TryParse(stage.Words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var most):
                Limit(most);
                _isLimited = true;
                break;
            case "count" when stage.Words.Count == 0:
                Make(["Count"], [[Text(_result.Rows.Count)]]);
                _result.IsCount = true;
                break;
            case "distinct" when stage.Words.Count == 1:
                Make([stage.Words[0]], [.. Groups(stage.Words[0]).Select(g => new[] { g.Key })]);
                break;
            case "summarize" when stage.Words is ["count", "(", ")", "by", "bin", "(", "_time", ",", var width, ")"]:
                Bin(Span(width));
                break;
            case "summarize" when stage.Words is ["count", "(", ")", "by", var field]:
                Make([field, "count_"], [.. Groups(field).Select(g => new[] { g.Key, Text(g.Count()) })]);
                break;
            default:
                throw new FormatException($"invalid query: the operator {stage.Name} is not known to the simulator in this form");
        }
    }

    private static long Span(string text)
    {
        string digits = new([.. text.TakeWhile(char.IsDigit)]);
        var unit = text.Substring(digits.Length) switch
        {
            "ns" => 1,
            "us" or "microsecond" => 1_000,
            "ms" => 1_000_000,
            "s" => AxiomTime.Second,
            "m" => 60 * AxiomTime.Second,
            "h" => 3_600 * AxiomTime.Second,
            "d" => 86_400 * AxiomTime.Second,
            _ => throw new FormatException($"invalid timespan {text}"),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count * unit
            : throw new FormatException($"invalid timespan {text}");
    }

    private void Bin(long width) => Make(
        ["_time", "count_"],
        [
            .. _result.Rows.GroupBy(r => r.Event!.Value.Time / width * width).OrderBy(g => g.Key)
                .Select(g => new[] { $"\"{AxiomTime.Text(g.Key)}\"", Text(g.Count()) }),
        ]);

    private IEnumerable<IGrouping<string, AxiomRow>> Groups(string field)
    {
        var column = _result.Columns.IndexOf(field);
        if (column < 0)
            throw new FormatException($"invalid query: the field {field} is not known");
        return _result.Rows.GroupBy(r => r.Value(_result.Columns, column)).OrderBy(g => g.Key, StringComparer.Ordinal);
    }

    private void Make(List<string> columns, IEnumerable<string[]> rows)
    {
        (_result.Columns, _result.Rows, _result.IsMade) = (columns, [.. rows.Select(r => new AxiomRow(null, r))], true);
    }

    private void Where(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i += 4)
        {
            if (i + 2 >= words.Count || (i + 3 < words.Count && words[i + 3] != "and"))
                throw new FormatException("invalid query: the simulator reads comparisons joined by and");
            (var field, var sign, var value) = (words[i], words[i + 1], words[i + 2]);
            if (!_result.Columns.Contains(field))
                throw new FormatException($"invalid query: the field {field} is not known");
            _result.Rows.RemoveAll(row => !Holds(AxiomEventFields.Value(row.Event!.Value, field) ?? "null", sign, value));
        }
        _result.Matched = _result.Rows.Count;
    }

    private static bool Holds(string json, string sign, string value)
    {
        if (value[0] is '"' or '\'')
        {
            var same = json == $"\"{AplStage.Unquoted(value)}\"";
            return sign == "==" ? same : sign == "!=" ? !same : throw new FormatException($"invalid operator {sign}");
        }
        if (!decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var right))
            return sign == "==" && json == value;
        return sign switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            ">=" => left >= right,
            _ => throw new FormatException($"invalid operator {sign}"),
        };
    }

    private void Sort(bool isAscending, string? cursor, int? shuffle)
    {
        if (!_result.Columns.Contains("_time"))
            throw new FormatException("invalid query: the field _time is not known");
        if (_result.IsMade)
            return;
        // The rows come oldest first, in the order of their cursors.
        var rows = _result.Rows;
        if (!isAscending)
            rows.Reverse();
        if (cursor is not null)
        {
            var at = rows.FindIndex(r => r.Event!.Value.Cursor == cursor);
            if (at < 0)
                throw new FormatException("invalid cursor");
            rows.RemoveRange(0, at + 1);
        }
        if (shuffle is { } salt)
        {
            rows = [.. isAscending
                ? rows.OrderBy(r => r.Event!.Value.Time).ThenBy(r => Place(r, salt))
                : rows.OrderByDescending(r => r.Event!.Value.Time).ThenBy(r => Place(r, salt))];
            _result.Rows = rows;
        }
    }

    private static int Place(AxiomRow row, int salt) => unchecked((row.Event!.Value.Row * 7919) ^ (salt * 104_729));

    private void Limit(int most)
    {
        if (!_result.IsMade)
            Cursors(Math.Min(most, _result.Rows.Count));
        if (_result.Rows.Count > most)
            _result.Rows.RemoveRange(most, _result.Rows.Count - most);
    }

    // The cursors of an answer may be beyond its rows.
    private void Cursors(int shown)
    {
        if (shown == 0 || _result.MinCursor is not null)
            return;
        var reached = _result.Rows.Take(Math.Min(_result.Rows.Count, shown + options.CursorOverrun)).Select(r => r.Event!.Value).ToList();
        (_result.MinCursor, _result.MaxCursor) = (reached.Min().Cursor, reached.Max().Cursor);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
