using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Tanium.Graph;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Tanium.Answers;

/// <summary>Sends the requests of one search and reads the answers. Retry, rate limits and errors are the transport's.</summary>
/// <param name="source">Writes the requests.</param>
/// <param name="transport">The connection, with the signals of the run.</param>
/// <param name="schema">What the records look like.</param>
internal sealed class TaniumClient(IGraphSource source, ApiTransport transport, RecordSchema schema) : IPageSource<GraphPage, TaniumPage>
{
    /// <summary>Path of the API below the server.</summary>
    public const string Path = "plugin/products/gateway/graphql";

    // A field that failed once may be present in the next answer. If it fails each time, the page is kept, and the verdict says so.
    private const int MostRereads = 2;

    // Cursors live five minutes from their last use. The rest is room for the way there.
    private static readonly TimeSpan s_safeLife = TimeSpan.FromMinutes(4);

    private readonly RecordParser _parser = new(schema);
    private readonly OfferedFields _offered = new(source.Name);
    private readonly TaniumTotals _totals = new(transport.Signals);
    private readonly DoubtList _errors = new();
    private volatile CollectionState? _collection;
    private long? _lastUse;
    private int _most = int.MaxValue;
    private volatile bool _hasPage;

    /// <summary>What the answers said against the result, each once.</summary>
    public IReadOnlyList<string> Doubts => [.. new[] { _collection?.Doubt, _totals.Moved }.OfType<string>(), .. _errors.All];

    /// <inheritdoc/>
    public async Task<TaniumPage> FetchAsync(GraphPage request, CancellationToken cancellationToken)
    {
        if (request is { Cursor: null, IsCount: false })
            _totals.BeginPass();
        try
        {
            var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            if (_totals.Differs(answer.Total))
            {
                transport.Signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
                    $"a page states a total of {answer.Total:N0}, after {_totals.Last:N0}: it is read again"));
                answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            }
            return Page(request, answer);
        }
        catch (ApiException e) when ((request.Cursor ?? request.Refresh) is not null && IsExpiry(e))
        {
            return new TaniumPage([]) { Expired = Common.Printable.Line(e.Said ?? $"the server answered {e.Status}").TrimEnd('.') };
        }
    }

    /// <summary>The total, in two answers in a row: it may be wrong in one of them.</summary>
    /// <param name="request">Asks for the total.</param>
    /// <param name="afterPages">True if a total from before the first page says nothing about the walk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">No answer states one.</exception>
    public async Task<long> CountAsync(GraphPage request, bool afterPages, CancellationToken cancellationToken)
    {
        if (afterPages && !_hasPage)
            throw NoTotal($"{source.Name} is refreshed first, so it is counted only after that");
        var total = await SteadyTotal.AskAsync(_totals.Last, async () =>
            (await AskAsync(request, cancellationToken).ConfigureAwait(false)).Total
            ?? throw NoTotal($"{source.Name} does not state its totalRecords")).ConfigureAwait(false);
        _totals.NoteCount(total);
        return total;
    }

    /// <summary>The failure of a count without a total.</summary>
    public static PagingException NoTotal(string why) => new(PagingErrorKind.RequestFailed, why);

    // If the error has another cause, the first page of the restarted walk fails with it.
    private static bool IsExpiry(ApiException e) => e.Kind is ApiErrorKind.BadRequest or ApiErrorKind.NotFound
        || e is { Kind: ApiErrorKind.UnexpectedStatus, Status: null or 409 or 422 } or { Kind: ApiErrorKind.ServerError, Status: null };

    private async Task<GraphAnswer> AskAsync(GraphPage request, CancellationToken cancellationToken)
    {
        for (var rereads = 0; ;)
        {
            var (withheld, page) = (_offered.Withheld, request with { Size = Math.Min(request.Size, _most) });
            try
            {
                var answer = await SendAsync(page, withheld, cancellationToken).ConfigureAwait(false);
                if (Complaint(answer) is not { } complaint)
                    return answer;
                if (rereads++ == MostRereads)
                {
                    Doubt(complaint);
                    return answer;
                }
                transport.Signals.Verbose(SignalKind.AnswerReread, $"{complaint}: it is asked for again");
            }
            catch (ApiException e) when (source is FieldSource && _offered.Withhold(e.Said, withheld, transport.Signals))
            {
                // Ask again without the fields that the collection does not have.
            }
            catch (ApiException e) when (e.InnerException is AnswerLimitException && page.Size > 1)
            {
                _most = page.Size / 2;
                transport.Signals.Verbose(SignalKind.AnswerReread,
                    FormattableString.Invariant($"a page of {page.Size:N0} records is too large; pages of {_most:N0} are read"));
            }
        }
    }

    private async Task<GraphAnswer> SendAsync(GraphPage page, IReadOnlyCollection<string> withheld, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, Path)
        {
            Body = source.Body(page, withheld),
            Answer = AnswerSize.Page,
            UseBy = page.Cursor is not null && _lastUse is { } used
                ? used + (long)(s_safeLife.TotalSeconds * transport.Time.TimestampFrequency)
                : null,
        };
        var answer = await transport.SendAsync(request, async (response, stop) =>
        {
            var read = GraphAnswer.Parse(await response.BytesAsync(stop).ConfigureAwait(false));
            return read.Nodes is null && read.Errors is { } errors ? throw errors.ToException() : read;
        }, cancellationToken).ConfigureAwait(false);
        _lastUse = page.IsCount ? _lastUse : transport.Time.GetTimestamp();
        return answer.Nodes is not null ? answer : throw new PagingException(PagingErrorKind.FieldsMissing,
            $"The answer to {source.Name} has no connection. A field can be read that has edges {{ node {{ id }} }} and pageInfo.");
    }

    private static string? Complaint(GraphAnswer answer) => answer.Errors is { } errors
        ? $"the server put errors beside its data: {Common.Printable.Line(errors.Message)}"
        : answer.Empty > 0 ? FormattableString.Invariant($"{answer.Empty:N0} edges of an answer have no node") : null;

    private TaniumPage Page(GraphPage request, GraphAnswer answer)
    {
        var isBare = request.IsCount || request.IsProbe;
        var more = request.Backward ? answer.More.Previous : answer.More.Next;
        if (more is null && !isBare)
            throw Missing(request.Backward ? "hasPreviousPage" : "hasNextPage");
        if (!isBare)
            _totals.Note(answer.Total);
        if (!request.IsCount && answer.Collection is { } state)
        {
            _collection = state;
            // The verdict names one reason only, which may be another one.
            if (more == false && !isBare && state.Doubt is { } doubt)
                transport.Signals.Warn(SignalKind.ServerWarning, doubt);
        }
        _hasPage |= !isBare;
        var records = isBare ? [] : answer.Nodes!.Select(n => _parser.Parse(n)).ToList();
        if (records.Exists(r => !r.HasId))
            throw Missing(GraphSelection.Id);
        // A page before a cursor has its records in the order of the collection, as Relay says.
        if (request.Backward)
            records.Reverse();
        return new TaniumPage(records)
        {
            HasMore = more ?? false,
            Next = request.Backward ? answer.Cursors.Start : answer.Cursors.End,
            Total = answer.Total,
            LastTotal = _totals.Last,
            Unsettled = _totals.Unsettled,
            RefreshCursor = answer.Collection?.StartCursor,
        };
    }

    private PagingException Missing(string field) => new(PagingErrorKind.FieldsMissing,
        $"Some records or pages of {source.Name} have no '{field}', by which they are read. Ask for it in the query.");

    private void Doubt(string complaint)
    {
        if (_errors.Add(complaint))
            transport.Signals.Warn(SignalKind.ServerWarning, complaint);
    }
}
