using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Axiom.Answers;

/// <summary>Sends the queries of one search and reads their answers. The transport handles retries, rate limits and errors.</summary>
/// <param name="transport">The connection, with the signals of the run.</param>
/// <param name="schema">The schema of the records.</param>
/// <param name="dataset">The dataset, for messages; null if it is not known.</param>
internal sealed class AxiomClient(ApiTransport transport, RecordSchema schema, string? dataset) : IPageSource<AxiomQuery, AxiomAnswer>
{
    // A partial answer can be complete the next time, when the server is less busy. If it stays partial, it is used, and the verdict says
    // so.
    private const int MostRereads = 2;

    private readonly AxiomAnswerReader _reader = new(new RecordParser(schema), keepsRowId: schema.IdentityField is not null);
    private readonly DoubtList _doubts = new();

    /// <summary>The doubts about the result in the answers, each once.</summary>
    public IReadOnlyList<string> Doubts => _doubts.All;

    /// <inheritdoc/>
    public async Task<AxiomAnswer> FetchAsync(AxiomQuery request, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var message in answer.Messages)
            Doubt(message);
        return answer;
    }

    /// <summary>Requests one number.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    /// <exception cref="PagingException">The answer is partial.</exception>
    public async Task<long> CountAsync(AxiomQuery request, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsPartial)
            throw new PagingException(PagingErrorKind.RequestFailed, answer.Messages[0]);
        return long.TryParse(answer.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new PagingException(PagingErrorKind.RequestFailed, "the answer to the count has no number");
    }

    /// <summary>Sends a query, again if the answer is partial. The caller checks the other notes of the answer.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public async Task<AxiomAnswer> AskAsync(AxiomQuery request, CancellationToken cancellationToken)
    {
        for (var reread = 0; ; reread++)
        {
            var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!answer.IsPartial || reread == MostRereads)
                return answer;
            transport.Signals.Verbose(SignalKind.AnswerReread, $"the query is sent again, because {answer.Messages[0]}");
        }
    }

    private async Task<AxiomAnswer> SendAsync(AxiomQuery request, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(request.ToRequest(), ReadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind is ApiErrorKind.NotFound)
        {
            var what = dataset is null ? "The dataset of the query" : $"The dataset '{Common.Printable.Line(dataset)}'";
            throw e.With($"{what} was not found ({e.Status}). Check its name, the base URL and the organisation of the token.");
        }
    }

    private async Task<AxiomAnswer> ReadAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await response.Body.CopyToAsync(body, 64 * 1024, cancellationToken).ConfigureAwait(false);
        return _reader.Read(body.GetBuffer().AsSpan(0, (int)body.Length)) with
        {
            TraceId = response.TraceId,
            RateLimit = response.RateLimit
        };
    }

    private void Doubt(string message)
    {
        if (_doubts.Add(message))
            transport.Signals.Warn(SignalKind.ServerWarning, message);
    }
}
