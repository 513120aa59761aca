using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Cli.Output;

/// <summary>Prints the result of a run: first the verdict, then its numbers, then the files.</summary>
internal sealed class SummaryPrinter(Messages messages, TimeZoneInfo zone)
{
    private const int LabelWidth = 12;

    /// <summary>Prints it. When quiet, only a verdict that is not Complete is printed.</summary>
    public void Print(RunSummary run)
    {
        var headline = Headline(run);
        if (messages.Quiet)
        {
            if (run.Verdict.State == CompletenessState.Incomplete
                || (run.Verdict.State == CompletenessState.Unverified && !run.NoProofWanted))
                messages.Write(headline);
            return;
        }
        messages.Write([.. headline, "", .. Rows(run).SelectMany(row => Row(row.Label, row.Value))]);
    }

    private IReadOnlyList<string> Headline(RunSummary run)
    {
        var state = run.Verdict.State.ToString();
        var lines = TextLayout.Wrap($"{state}: {Line(Reason(run)).TrimEnd('.')}.", messages.Width);
        return [Paint(run)(state) + lines[0][state.Length..], .. lines.Skip(1)];
    }

    private static string Line(string text) => Printable.Line(OptionNames.ForCommandLine(text));

    private static string Reason(RunSummary run) => run switch
    {
        { Interrupted: true } => "the run was interrupted",
        // The full text follows as an error.
        { Error: not null } => "the run broke off",
        _ => run.Verdict.Reason,
    };

    private Func<string, string> Paint(RunSummary run) => run.Verdict.State switch
    {
        CompletenessState.Complete => messages.Colours.Good,
        CompletenessState.Incomplete => messages.Colours.Bad,
        _ => messages.Colours.Doubtful,
    };

    private IEnumerable<(string Label, string Value)> Rows(RunSummary run)
    {
        var verdict = run.Verdict;
        yield return ("records", verdict.ExpectedBefore is { } expected
            ? $"{Units.Count(verdict.Received)} received, {Units.Count(expected)} expected"
            : $"{Units.Count(verdict.Received)} received");
        // As in the manifest: without a comparison, "0 missing" would be a false claim.
        var missing = verdict.State == CompletenessState.Unverified ? "missing not known" : $"{Units.Count(verdict.Missing)} missing";
        yield return ("", $"{missing}, {Units.Count(verdict.Late)} late, {Units.Count(run.Duplicates, "duplicate")} dropped");
        if (TimeRangeText.Utc(run.Identity.RangeStart, run.Identity.RangeEnd) is { } utc)
            yield return ("range", utc);
        if (TimeRangeText.Local(run.Identity.RangeStart, run.Identity.RangeEnd, zone) is { } local)
            yield return ("", local);
        yield return ("from", $"{run.Identity.Repository} on {run.Identity.Host}");
        if (run.Strategy is { } strategy)
            yield return ("strategy", strategy.Reason is null ? strategy.Name : $"{strategy.Name}: {strategy.Reason}");
        yield return ("speed", Speed(run));
        yield return ("server", Server(run));
        foreach (var (path, file) in run.Files)
        {
            yield return ("file", $"{path} ({Units.Bytes(file.Bytes)})");
            yield return ("sha256", file.Sha256);
        }
        if (run.ManifestPath is { } manifest)
            yield return ("manifest", manifest);
        if (run.TimestampPath is { } timestamp)
            yield return ("timestamp", timestamp);
        if (run.PartialPath is { } kept)
            yield return ("kept", kept);
    }

    private static string Speed(RunSummary run)
    {
        var seconds = Math.Max(run.Elapsed.TotalSeconds, 0.001);
        var text = $"{Units.Count((long)(run.Fetched / seconds))} records/s, {Units.Bytes(run.Bytes)} in {Units.Span(run.Elapsed)}";
        return run.Resumes == 0 ? text : $"{text}, after {Units.Count(run.Resumes, "resumption")}";
    }

    private static string Server(RunSummary run)
    {
        var retries = run.Signals.CountOf(SignalKind.Retried) + run.Signals.CountOf(SignalKind.JobRecreated);
        return $"{Units.Count(run.Signals.CountOf(SignalKind.JobCreated), "job")}, {Units.Count(run.Signals.CountOf(SignalKind.Request), "request")}, "
            + (retries == 1 ? "1 retry" : $"{Units.Count(retries)} retries");
    }

    private IEnumerable<string> Row(string label, string value)
    {
        var lines = TextLayout.Wrap(Line(value), messages.Width, LabelWidth + 2);
        for (var i = 0; i < lines.Count; i++)
            yield return $"  {messages.Colours.Faint((i == 0 ? label : "").PadRight(LabelWidth))}{lines[i]}".TrimEnd();
    }
}
