using LogScalePaging.Common;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Cli.Output;

/// <summary>Prints the result of a run of a schedule: how far it went, what it wrote, and whether a gap remains.</summary>
internal sealed class SchedulePrinter(Messages messages)
{
    private const int LabelWidth = 12;

    /// <summary>Prints it. When quiet, only a run that left a gap is printed.</summary>
    public void Print(ScheduledExportResult run)
    {
        var state = run.HasGap ? "Behind" : run.State.ToString();
        var reason = run.Error is not null && !run.Interrupted ? "the run broke off" : run.Reason;
        var headline = $"{state}: {Printable.Line(OptionNames.ForCommandLine(reason)).TrimEnd('.')}.";
        if (messages.Quiet)
        {
            if (run.HasGap || run.State != CompletenessState.Complete)
                messages.Say(headline);
            return;
        }
        messages.Say(headline);
        messages.Write([.. Rows(run).Select(row => $"  {messages.Colours.Faint(row.Label.PadRight(LabelWidth))}{row.Value}")]);
    }

    private static IEnumerable<(string Label, string Value)> Rows(ScheduledExportResult run)
    {
        yield return ("records",
            Units.Count(run.Events) + (run.Recovered > 0 ? $", {Units.Count(run.Recovered)} of them arrived late" : ""));
        if (run.TooLate > 0)
            yield return ("too late", $"{Units.Count(run.TooLate)} arrived after the look-back window and are in no output");
        if (run is { RangeStart: { } start, RangeEnd: { } end })
            yield return ("range", TimeRangeText.Utc(start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds()) ?? "");
        if (run.Behind is { } behind)
            yield return ("behind now", Units.RoughSpan(behind));
        foreach (var file in run.Files)
            yield return ("file", file);
    }
}
