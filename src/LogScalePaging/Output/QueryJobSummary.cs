using System.Text.Json;
using LogScalePaging.Commands;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>The result of a search: whether all events were received, with the numbers.</summary>
public sealed class QueryJobSummary
{
    internal QueryJobSummary(ISearch search, Completeness verdict, CommandVoice voice, Checkpoint? checkpoint)
    {
        System = search.System;
        State = verdict.State.ToString();
        Reason = OptionNames.ForPowerShell(verdict.Reason);
        Received = verdict.Received;
        Expected = verdict.ExpectedBefore;
        CountedAfter = verdict.ExpectedAfter;
        Missing = verdict.Missing;
        Late = verdict.Late;
        Duplicates = search.Duplicates;
        Query = search.Identity.Query;
        Repository = search.Identity.Repository;
        RangeStart = EpochTime.Utc(search.Identity.RangeStart, search.Schema.TimeUnit);
        RangeEnd = EpochTime.Utc(search.Identity.RangeEnd, search.Schema.TimeUnit);
        Strategy = search.Plan?.Strategy;
        Duration = voice.Elapsed;
        ContinuationMissing = voice.Signals.CountOf(SignalKind.ContinuationMissing);
        Warnings = (string[])[.. voice.Signals.Warnings.Select(w => OptionNames.ForPowerShell(w.Message))];
        Checkpoint = checkpoint is null ? null : JsonSerializer.Serialize(checkpoint);
    }

    /// <summary>Name of the query; null if it has none.</summary>
    public string? Name { get; internal set; }

    /// <summary><c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>.</summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>Events received, each once.</summary>
    public long Received { get; }

    /// <summary>Events that the server counted when the search began; null without a count.</summary>
    public long? Expected { get; }

    /// <summary>Events that the server counted at the end; null without a second count.</summary>
    public long? CountedAfter { get; }

    /// <summary>Events that should be in the result but are not.</summary>
    public long Missing { get; }

    /// <summary>Events that arrived during the search and are not in the result.</summary>
    public long Late { get; }

    /// <summary>Repeated events that were dropped.</summary>
    public long Duplicates { get; }

    /// <summary>How often an answer did not say how to continue although records were missing. They were read again.</summary>
    public long ContinuationMissing { get; }

    /// <summary>Kind of server.</summary>
    public string System { get; }

    /// <summary>The query, or the filter of an endpoint.</summary>
    public string Query { get; }

    /// <summary>Repository, view, dataset or endpoint.</summary>
    public string Repository { get; }

    /// <summary>Start of the pinned range; null if there was no answer.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the pinned range; null if there was no answer.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC. A job sends a time as text without its milliseconds, and this text as it is.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>The strategy that read the records, such as <c>Single</c> or <c>Around</c>.</summary>
    public string? Strategy { get; }

    /// <summary>Duration of the search.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Warnings of the search.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The checkpoint of a search that broke off, as JSON; null if it ended normally.</summary>
    public string? Checkpoint { get; }

    /// <summary>True if the search broke off with an error.</summary>
    internal bool IsBroken { get; init; }

    /// <summary>State and reason.</summary>
    public override string ToString() => $"{State}: {Reason}";
}
