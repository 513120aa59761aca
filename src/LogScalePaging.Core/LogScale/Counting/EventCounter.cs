using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Counting;

/// <summary>Counts on the server what a query matches: the proof that a walk is measured against.</summary>
/// <param name="runner">Runs the jobs.</param>
/// <param name="signals">Where signals go.</param>
/// <param name="answered">Told of every answer: a count of a part of the events proves as little as a part of them; null for nobody.</param>
internal sealed class EventCounter(QueryJobRunner runner, SignalLog signals, Action<QueryResult>? answered = null)
{
    private readonly JobPace _pace = new();

    /// <summary>Why the last count that could not be had could not; null when all could.</summary>
    public string? Failure { get; private set; }

    /// <summary>The query that counts what <paramref name="query"/> matches. On a line of its own: a comment may end the query.</summary>
    public static string CountQuery(string query) => string.IsNullOrWhiteSpace(query) ? "count()" : query + "\n| count()";

    /// <summary>Counts over a range. Null, with a warning, when the count cannot be had: a missing proof is no failed search.</summary>
    public async Task<CountAnswer?> CountAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
#pragma warning disable CA1031 // whatever keeps the count from coming, the events are worth having
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = Printable.Line(e.Message);
            signals.Verbose(SignalKind.CountFailed, $"the count query failed: {e.Message}");
            return null;
        }
    }

    /// <summary>Counts over a range, where the count is all that is asked for.</summary>
    /// <exception cref="PagingException">The count could not be had.</exception>
    public async Task<CountAnswer> AskAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or JobLostException or FormatException)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, e.Message, e);
        }
    }

    private async Task<CountAnswer> RunAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        var job = spec with { Query = CountQuery(spec.Query), Around = null };
        var result = await runner.RunAsync(() => job, _pace, null, cancellationToken).ConfigureAwait(false);
        answered?.Invoke(result);
        return new CountAnswer(Read(result), result.Date);
    }

    private static long Read(QueryResult result)
    {
        if (result.Events.Count == 1)
        {
            using var row = AnswerJson.Parse(result.Events[0].Utf8.Span);
            if (AnswerJson.Member(row.RootElement, "_count") is { } count
                && long.TryParse(AnswerJson.Text(count) ?? count.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        }
        throw new FormatException($"the answer to count() has {result.Events.Count} rows and no _count");
    }
}
