using System.Globalization;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Ranges;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.EndToEnd.Tests.ExampleSystem;

/// <summary>
/// The worked example of CONTRIBUTING: a whole system in one file. Its server lists parcels as JSON, page by page, with a cursor that can
/// expire, and counts them. Everything else (loop, retry, resume, files, verdict) is the engine's.
/// </summary>
internal sealed class ParcelConnection(ApiTransport transport) : SearchConnection(transport)
{
    public const string Name = "Parcels";

    /// <inheritdoc/>
    public override string System => Name;

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => ParcelRequest.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        var parcels = request as ParcelRequest
            ?? throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));
        var requests = new ParcelRequests(Transport.With(signals));
        return new PagedSearch<ApiRequest, ParcelPage>(
            new PagedSource<ApiRequest, ParcelPage>
            {
                System = Name,
                Identity = new WalkIdentity(Name, Transport.Host, "parcels", parcels.Query),
                Schema = ParcelStrategy.Schema,
                Strategy = new ParcelStrategy(parcels),
                Requests = requests,
                Count = token => requests.CountAsync(parcels, token),
                EnsureReadable = ParcelStrategy.EnsureReadable,
                Signals = signals,
                Time = Transport.Time,
                Progress = progress,
            },
            request);
    }
}

/// <summary>A search for the parcels to one city.</summary>
/// <param name="Query">The city.</param>
internal sealed record ParcelRequest(string Query) : SearchRequest
{
    /// <summary>Parcels per page, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 100;

    /// <inheritdoc/>
    public override string System => ParcelConnection.Name;

    /// <inheritdoc/>
    public override RequestedRange Range => default;

    /// <inheritdoc/>
    public override void EnsureValid()
    {
        if (PageSize is < 1 or > 1_000)
            throw new ArgumentException($"The page size must be between 1 and 1,000, not {PageSize}.");
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ToNotes() =>
        new Dictionary<string, string> { ["pageSize"] = PageSize.ToString(CultureInfo.InvariantCulture) };

    public static ParcelRequest Restore(SavedSearch saved) => new(saved.Identity.Query)
    {
        PageSize = saved.Notes.TryGetValue("pageSize", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 100,
        MaxEvents = saved.MaxEvents,
    };
}

/// <summary>One answer.</summary>
/// <param name="Parcels">The records.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Expired">True if the cursor of the request is no longer valid.</param>
internal sealed record ParcelPage(IReadOnlyList<Record> Parcels, string? Next, bool Expired);

/// <summary>Makes requests from positions, and the next position from an answer. No input or output, no clock, no state.</summary>
internal sealed class ParcelStrategy(ParcelRequest request) : IPageStrategy<ApiRequest, ParcelPage, Record>
{
    public static RecordSchema Schema { get; } = new()
    {
        IdentityField = "id",
        TimeField = "sent",
        TimeUnit = TimeUnit.Iso8601,
        Order = RecordOrder.AsSent,
        Values = RecordValues.Json,
        Noun = "parcel",
    };

    /// <inheritdoc/>
    public string Name => "Cursor";

    /// <inheritdoc/>
    public PagePosition Start => PagePosition.Of(("page", "1"));

    // If a cursor expired, the walk starts again, and all parcels are repeated.
    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => ItemIdentity.Of(item.RawId.Span, item.RawId.Span);

    /// <inheritdoc/>
    public ApiRequest CreateRequest(PagePosition position)
    {
        var cursor = position["cursor"] is { } token ? $"&cursor={Uri.EscapeDataString(token)}" : "";
        return new ApiRequest(HttpMethod.Get,
            FormattableString.Invariant($"parcels?city={Uri.EscapeDataString(request.Query)}&limit={request.PageSize}{cursor}"))
        {
            AlsoGood = [410],
            Answer = AnswerSize.Page,
        };
    }

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, ParcelPage response) => new Content(response);

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var page = ((Content)content).Page;
        if (page.Expired)
            return new PageDecision.Restart(Start, SignalKind.JobExpired,
                "the cursor expired: the walk begins again, and what is known is dropped");
        return page.Next is { Length: > 0 } next
            ? new PageDecision.Continue(
                PagePosition.Of(("cursor", next), ("page", (position.Number("page") + 1).ToString(CultureInfo.InvariantCulture))))
            : new PageDecision.End(EndReason.LastPage, "the answer has no cursor");
    }

    /// <exception cref="FormatException">The position is not one of this strategy.</exception>
    public static void EnsureReadable(PagePosition position) => _ = position.Number("page");

    private sealed class Content(ParcelPage page) : PageContent<Record>(page.Parcels)
    {
        public ParcelPage Page { get; } = page;
    }
}

/// <summary>Sends the requests and reads the answers. The transport handles retries, rate limits and errors.</summary>
internal sealed class ParcelRequests(ApiTransport transport) : IPageSource<ApiRequest, ParcelPage>
{
    private readonly RecordParser _parser = new(ParcelStrategy.Schema);

    /// <inheritdoc/>
    public Task<ParcelPage> FetchAsync(ApiRequest request, CancellationToken cancellationToken) =>
        transport.SendAsync(request, ReadAsync, cancellationToken);

    /// <exception cref="ApiException">The server did not count.</exception>
    public Task<long> CountAsync(ParcelRequest request, CancellationToken cancellationToken) => transport.SendAsync(
        new ApiRequest(HttpMethod.Get, $"count?city={Uri.EscapeDataString(request.Query)}"),
        async (response, token) =>
        {
            using var answer = await AnswerJson.ParseAsync(response.Body, token);
            return AnswerJson.Member(answer.RootElement, "count")?.GetInt64() ?? throw new JsonException("The answer has no count.");
        },
        cancellationToken);

    private async Task<ParcelPage> ReadAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        if (response.Status == 410)
            return new ParcelPage([], null, Expired: true);
        using var answer = await AnswerJson.ParseAsync(response.Body, cancellationToken);
        var parcels = AnswerJson.Member(answer.RootElement, "parcels") ?? throw new JsonException("The answer has no parcels.");
        var next = AnswerJson.Text(answer.RootElement, "next");
        return new ParcelPage([.. parcels.EnumerateArray().Select(p => _parser.Parse(JsonSerializer.SerializeToUtf8Bytes(p)))], next,
            Expired: false);
    }
}
