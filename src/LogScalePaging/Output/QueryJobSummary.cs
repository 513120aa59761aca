using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>What a search came to: whether all events are here, and the numbers that say so.</summary>
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

    /// <summary>Events that the server counted when the search began; null when it was not asked or could not say.</summary>
    public long? Expected { get; }

    /// <summary>Events that the server counted afterwards; null when it was not asked again.</summary>
    public long? CountedAfter { get; }

    /// <summary>Events that should have come and did not.</summary>
    public long Missing { get; }

    /// <summary>Events that reached the range while it was read and are not among those received.</summary>
    public long Late { get; }

    /// <summary>Repeated events that were dropped.</summary>
    public long Duplicates { get; }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Start of the range as it was pinned; null when nothing came.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range as it was pinned; null when nothing came.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>How the events were got: <c>Single</c> or <c>Around</c>.</summary>
    public string? Strategy { get; }

    /// <summary>Time that it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Warnings on the way.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Where a walk that broke off stood, as JSON; null when it came to its end.</summary>
    public string? Checkpoint { get; }

    /// <summary>State and reason.</summary>
    public override string ToString() => $"{State}: {Reason}";
}
