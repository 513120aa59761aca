using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Counting;

/// <summary>Counts the matching events on the server. A walk is compared with this count.</summary>
/// <param name="runner">Runs the jobs.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="answered">Receives every answer, because a partial count proves nothing; may be null.</param>
internal sealed class EventCounter(QueryJobRunner runner, SignalLog signals, Action<QueryResult>? answered = null)
{
    private readonly JobPace _pace = new();

    /// <summary>Why the last failed count failed; null if none failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>
    /// The query that counts what <paramref name="query"/> matches. <c>count()</c> is on its own line, because a comment may end the
    /// query.
    /// </summary>
    public static string CountQuery(string query) => string.IsNullOrWhiteSpace(query) ? "count()" : query + "\n| count()";

    /// <summary>Counts a range. Null, with a signal, if the count fails: the search continues without it.</summary>
    public Task<CountAnswer?> CountAsync(QueryJobSpec spec, CancellationToken cancellationToken) =>
        TryAsync(async () => await RunAsync(spec, cancellationToken).ConfigureAwait(false));

    /// <summary>Waits for a count that another job brings. Null, with a signal, if it fails.</summary>
    public async Task<CountAnswer?> TryAsync(Func<Task<CountAnswer?>> count)
    {
        try
        {
            return await count().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
#pragma warning disable CA1031 // without a count, the events are still useful
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = Printable.Line(e.Message);
            signals.Verbose(SignalKind.CountFailed, $"the count query failed: {e.Message}");
            return null;
        }
    }

    /// <summary>Counts a range for a caller that needs only the count.</summary>
    /// <exception cref="PagingException">The count failed.</exception>
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

    /// <summary>The number in the answer to <see cref="CountQuery"/>.</summary>
    /// <exception cref="FormatException">There is no number.</exception>
    public static long Read(QueryResult result)
    {
        if (result.Events.Count == 1)
        {
            using var row = AnswerJson.Parse(result.Events[0].Utf8.Span);
            if (AnswerJson.Member(row.RootElement, "_count") is { } count
                && long.TryParse(AnswerJson.Text(count) ?? count.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var number))
                return number;
        }
        throw new FormatException($"the answer to count() has {result.Events.Count} rows and no _count");
    }
}
