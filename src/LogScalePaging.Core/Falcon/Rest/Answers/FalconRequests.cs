using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Falcon.Rest.Answers;

/// <summary>Sends the requests of one search and reads the answers. The transport handles retries, rate limits and errors.</summary>
internal sealed class FalconRequests : IPageSource<FalconPageRequest, FalconPage>
{
    private readonly FalconRequest _request;
    private readonly ApiTransport _transport;
    private readonly RecordParser _parser;
    private readonly FalconWire _wire;
    private readonly TokenLives _lives;
    private readonly FalconDetailsReader? _details;
    private readonly object _gate = new();
    private long? _lastTotal;
    private int _most = int.MaxValue;

    /// <param name="request">The request of the user.</param>
    /// <param name="transport">The transport.</param>
    /// <param name="schema">The schema of the records.</param>
    public FalconRequests(FalconRequest request, ApiTransport transport, RecordSchema schema)
    {
        (_request, _transport, _parser) = (request, transport, new RecordParser(schema));
        (_wire, _lives) = (new FalconWire(request.Body), new TokenLives(transport.Time));
        if (request.Detailed && request.Family.Details is { } details)
            _details = new FalconDetailsReader(details, transport, _parser);
    }

    /// <summary>Listed records whose details were missing so far.</summary>
    public long MissingDetails => _details?.Missing ?? 0;

    /// <summary>The doubts about a result.</summary>
    /// <param name="missing">Listed records whose details were missing.</param>
    public static IReadOnlyList<string> Doubts(long missing) => missing > 0
        ? [FormattableString.Invariant($"{missing:N0} records have only their ids, because their details were missing")]
        : [];

    /// <inheritdoc/>
    public async Task<FalconPage> FetchAsync(FalconPageRequest request, CancellationToken cancellationToken)
    {
        if (request.Token is { } token && _lives.IsDead(token))
            return Expired("its lifetime has ended");
        while (true)
        {
            var page = request with { Limit = Math.Min(request.Limit, _most) };
            try
            {
                var sent = _wire.Of(page) with { UseBy = _lives.UseBy(page.Token) };
                var answer = await _transport.SendAsync(sent, (response, stop) =>
                    ReadAsync(page, response, stop), cancellationToken).ConfigureAwait(false);
                return await PageAsync(page, answer, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e) when (page.Token is not null && IsExpiry(e))
            {
                return Expired(e.Said ?? FormattableString.Invariant($"the server answered {e.Status}"));
            }
            catch (ApiException e) when (e.InnerException is AnswerLimitException && page.Limit > 1)
            {
                _most = page.Limit / 2;
                _transport.Signals.Verbose(SignalKind.AnswerReread,
                    FormattableString.Invariant($"a page of {page.Limit:N0} records is too large; pages of {_most:N0} are read"));
            }
        }
    }

    /// <summary>The total, if two answers in a row state the same one. A single answer may be wrong.</summary>
    /// <exception cref="PagingException">No answer states one.</exception>
    public Task<long> CountAsync(FalconPageRequest request, CancellationToken cancellationToken) =>
        SteadyTotal.AskAsync(LastTotal, () => TotalAsync(request, cancellationToken));

    /// <summary>The total of one answer, which may be wrong.</summary>
    /// <exception cref="PagingException">The answer states none.</exception>
    public async Task<long> TotalAsync(FalconPageRequest request, CancellationToken cancellationToken)
    {
        var answer = await _transport.SendAsync(_wire.Of(request), (response, stop) => ReadAsync(request, response, stop),
            cancellationToken).ConfigureAwait(false);
        return answer.Total ?? throw new PagingException(PagingErrorKind.RequestFailed, $"the answers of {_request.Path} state no total");
    }

    private long? LastTotal
    {
        get
        {
            lock (_gate)
                return _lastTotal;
        }
    }

    private static FalconPage Expired(string why) => new([]) { Expired = why.TrimEnd('.') };

    // These errors can have another reason, such as an invalid filter. The first page of the restarted walk would then show it.
    private static bool IsExpiry(ApiException e) => e.Kind is ApiErrorKind.BadRequest or ApiErrorKind.NotFound or ApiErrorKind.Unauthorized;

    private async Task<FalconAnswer> ReadAsync(FalconPageRequest request, ApiResponse response, CancellationToken cancellationToken)
    {
        var received = _transport.Time.GetTimestamp();
        var answer = FalconAnswer.Parse(await response.BytesAsync(cancellationToken).ConfigureAwait(false),
            request.Family.ItemsPaths);
        answer.ThrowIfErrors();
        if (!answer.HasItems)
            throw new JsonException("It has no list of records ('resources'). An answer needs this list, and either no pagination "
                + $"or one of: {Shapes()}.");
        if (!request.IsCount && Token(request, answer) is { } token)
            _lives.Received(token, answer.ExpiresAt, response, request.Family.TokenLife, received);
        return answer;
    }

    private static string Shapes() => string.Join(", ", Continuation.All.Select(shape => shape.Paths[0]).Distinct());

    private static string? Token(FalconPageRequest request, FalconAnswer answer)
    {
        var tokens = answer.Tokens();
        var by = request.Family.Continuation ?? request.By ?? Continuation.All.FirstOrDefault(shape => tokens.ContainsKey(shape.Name));
        return by is { IsOffset: false } && tokens.TryGetValue(by.Name, out var token) ? token : null;
    }

    private async Task<FalconPage> PageAsync(FalconPageRequest request, FalconAnswer answer, CancellationToken cancellationToken)
    {
        var records = request.IsCount && (_details is not null || request.Family != _request.Family)
            ? [] : await RecordsAsync(request, answer, cancellationToken).ConfigureAwait(false);
        return new FalconPage(records)
        {
            Tokens = answer.Tokens(),
            Stated = answer.Total,
            Total = request.IsPart ? null : answer.Total,
            LastTotal = request.IsPart ? LastTotal : Note(answer.Total),
            IsUnpaged = !answer.IsPaged,
            TraceId = answer.TraceId,
        };
    }

    private async Task<IReadOnlyList<Record>> RecordsAsync(FalconPageRequest request, FalconAnswer answer,
        CancellationToken cancellationToken)
    {
        var values = answer.Values();
        // The family that is read past a window may return full records although ids were requested.
        if (request.Family.IdentityField is { } field && _request.Family is { IdentityField: null })
        {
            if (_details is null)
                values = [.. values.Select(v => v.Span[0] == (byte)'{' && RecordField.Raw(v.Span, field) is { IsEmpty: false } id
                    ? BareId.OfJson(id) : v)];
            return [.. values.Select(v => FalconAnswer.Record(v, _parser))];
        }
        if (_details is null)
            return [.. values.Select(v => FalconAnswer.Record(v, _parser))];
        var ids = values.Select(v => RecordField.Decoded(v.Span) ?? throw new PagingException(PagingErrorKind.FieldsMissing,
            $"{_request.Path} sent a value that is not an id.")).ToList();
        return await _details.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    // A total of zero on a page with records means that the total is not known. The last page of some endpoints has it.
    private long? Note(long? total)
    {
        lock (_gate)
        {
            if (total is not > 0)
                return _lastTotal;
            if (_lastTotal is { } before && before != total)
                _transport.Signals.Verbose(SignalKind.TotalChanged,
                    FormattableString.Invariant($"the total that the server states changed from {before:N0} to {total:N0}"));
            _lastTotal = total;
            return total;
        }
    }
}
