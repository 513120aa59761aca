using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>What -WhatIf says about an export: how much it would read, from the server. Nothing is written or kept.</summary>
internal static class ExportForecast
{
    /// <summary>What the records of a search are called: events, hosts, endpoints. Sends nothing.</summary>
    public static string Nouns(SearchConnection connection, SearchRequest request)
    {
        var search = connection.Open(request, new SignalLog());
        try
        {
            return search.Schema.Nouns;
        }
        finally
        {
            LogScaleCommandBase.CleanUp(search);
        }
    }

    /// <summary>Asks the server and returns the lines to show. A failure is a line too.</summary>
    public static IReadOnlyList<string> Lines(LogScaleCommandBase command, SearchConnection connection, ExportRequest request)
    {
        if (request.GoesOn)
            return ["An earlier run of this export would be resumed."];
        try
        {
            return Facts(command, connection, request.Searched.ForEstimate());
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !command.Stopping)
        {
            var why = OptionNames.ForPowerShell(connection.Transport.Clean(Printable.Line(e.Message)));
            return [$"The size of the export could not be estimated: {why}"];
        }
    }

    private static IReadOnlyList<string> Facts(LogScaleCommandBase command, SearchConnection connection, SearchRequest request)
    {
        // One request without retries, so that a server that is not reachable does not delay the answer.
        command.Run(token => ConnectionCheck.ReachAsync(connection, command.Signals, token));
        var search = connection.Open(request, command.Signals);
        try
        {
            var found = command.Run("Estimate the export", ProgressText.Counting, search.EstimateAsync);
            var events = found.Wanted is { } wanted
                ? $"{Counted.Of(wanted, search.Schema.Noun)}, {Size(found)}"
                : $"The number of {search.Schema.Nouns} is not known: {found.WhyNoCount}.";
            var work = Work(found, search.Plan!);
            return Range(search) is { } range ? [events, range, work] : [events, work];
        }
        finally
        {
            LogScaleCommandBase.CleanUp(search);
        }
    }

    private static string Size(SearchEstimate found) => found.ApproximateBytes is { } bytes
        ? $"approximately {ByteSize.Text(bytes)} as JSON lines (from a sample of {Display.Number(found.SampleRows)})."
        : "of unknown size, because there is no sample.";

    private static string? Range(ISearch search) => EpochTime.Utc(search.Identity.RangeStart, search.Schema.TimeUnit) is { } start
        ? $"Range: {Display.Range(start, EpochTime.Utc(search.Identity.RangeEnd, search.Schema.TimeUnit))}."
        : null;

    private static string Work(SearchEstimate found, FetchPlan plan)
    {
        var jobs = found.Jobs is { } number
            ? $", {Counted.Of(number, "request")} for records"
            : "";
        var time = found.ApproximateTime is { } span ? $", approximately {Display.Duration(span)}" : "";
        return $"Strategy {plan.Strategy}{jobs}{time}: {OptionNames.ForPowerShell(plan.Reason)}.";
    }
}
