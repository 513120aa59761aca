using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LogScalePaging.Bench.Benchmarks;

namespace LogScalePaging.Bench.Reporting;

/// <summary>What the benchmarks came to, as a table for a person and as markdown.</summary>
internal sealed class Report(bool quick)
{
    private static readonly string[] s_head = ["benchmark", "measure", "ours", "against", "result", "bound", ""];
    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];
    private bool _failed;

    /// <summary>The load average before the first benchmark; null where the system has none.</summary>
    public string? LoadBefore { get; } = LoadAverage();

    public string? LoadAfter { get; private set; }

    /// <summary>Whether others were using the processors when the run began.</summary>
    public bool IsBusy => LoadBefore is { } load && double.Parse(load.Split(' ')[0], CultureInfo.InvariantCulture) >= 1;

    /// <summary>True when nothing failed and every bound holds; a quick run is not judged.</summary>
    public bool Holds => !_failed;

    public void Add(IBenchmark benchmark, IReadOnlyList<Measure> measures)
    {
        foreach (var m in measures)
        {
            _rows.Add([benchmark.Name, m.What, m.Ours, m.Against, m.Result, m.Bound, quick ? "not judged" : m.Holds ? "holds" : "MISSED"]);
            _failed |= !m.Holds && !quick;
        }
        _notes.Add($"{benchmark.Name}: {benchmark.About}");
    }

    public void Skip(IBenchmark benchmark, string why) => _rows.Add([benchmark.Name, why, "", "", "", "", "skipped"]);

    public void Fail(IBenchmark benchmark, string why)
    {
        _failed = true;
        _rows.Add([benchmark.Name, why, "", "", "", "", "FAILED"]);
    }

    public void Close() => LoadAfter = LoadAverage();

    public string ToText()
    {
        var table = new[] { s_head }.Concat(_rows).ToList();
        // A reason in place of a number may be long: it does not widen the column.
        var widths = Enumerable.Range(0, s_head.Length).Select(i => table.Where(r => i != 1 || r[4].Length > 0).Max(r => r[i].Length))
            .ToArray();
        var text = new StringBuilder();
        foreach (var row in table)
            text.AppendLine(
                string.Join("  ", row.Select((cell, i) => i is >= 2 and <= 5 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])))
                    .TrimEnd());
        return text.AppendLine().AppendLine(Machine()).ToString();
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder("# Benchmarks\n\n");
        text.Append(
            "Ratios of one run, made by `dotnet run -c Release --project bench/LogScalePaging.Bench`. Server and client share the "
                + "machine; each is a separate process.\n\n");
        text.Append("| benchmark | measure | ours | against | result | bound | |\n|---|---|--:|--:|--:|--:|---|\n");
        foreach (var row in _rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        text.Append('\n');
        foreach (var note in _notes)
            text.Append(CultureInfo.InvariantCulture, $"- {note}\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Machine()}\n").ToString();
    }

    private string Machine()
    {
        var load = LoadBefore is null ? "" : $", load average {LoadBefore} before and {LoadAfter} after";
        var busy = IsBusy ? " The machine was busy: these numbers are a hint, not a result." : "";
        return $"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors{load}.{busy}";
    }

    private static string? LoadAverage() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : null;
}
