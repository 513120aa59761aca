using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>The result of a search: whether all events were received, with the numbers.</summary>
public sealed class QueryJobSummary
{
    internal QueryJobSummary(ISearch search, Completeness verdict, TimeSpan duration, IReadOnlyList<string> warnings, Checkpoint? checkpoint)
    {
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
        RangeStart = EpochTime.Utc(search.Identity.RangeStart);
        RangeEnd = EpochTime.Utc(search.Identity.RangeEnd);
        Strategy = search.Plan?.Strategy;
        Duration = duration;
        Warnings = (string[])[.. warnings.Select(OptionNames.ForPowerShell)];
        Checkpoint = checkpoint is null ? null : JsonSerializer.Serialize(checkpoint);
    }

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

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Start of the pinned range; null if there was no answer.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the pinned range; null if there was no answer.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC. A job sends a time as text without its milliseconds, and this text as it is.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>How the events were got: <c>Single</c> or <c>Around</c>.</summary>
    public string? Strategy { get; }

    /// <summary>Duration of the search.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Warnings of the search.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The checkpoint of a search that broke off, as JSON; null if it ended normally.</summary>
    public string? Checkpoint { get; }

    /// <summary>State and reason.</summary>
    public override string ToString() => $"{State}: {Reason}";
}
