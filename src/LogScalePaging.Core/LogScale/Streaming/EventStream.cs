using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>
/// Reads a whole range in one answer of the <c>/query</c> endpoint, which only LogScale itself has. The answer has no end mark, so it is
/// kept only if the count agrees.
/// </summary>
/// <param name="client">The repository.</param>
/// <param name="pinned">The range.</param>
/// <param name="lateFrom">Waits for the time from which an ingested event is late, epoch milliseconds; null if it is not known.</param>
/// <param name="limit">Maximum number of events, after which the connection is closed; null for all.</param>
/// <param name="plausible">Plausible number of events at this moment. A stream does not say how many events it has.</param>
internal sealed class EventStream(QueryJobClient client, PinnedRange pinned, Func<CancellationToken, Task<long?>> lateFrom, long? limit,
    Func<long> plausible)
{
    /// <summary>Ingest times that are kept until the count is known: 8 MB.</summary>
    private const int MostIngested = 1_000_000;

    /// <summary>Streams a range into a sink.</summary>
    /// <param name="spec">The query with its range pinned.</param>
    /// <param name="range">The range as a single window.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The events, to be committed or discarded.</returns>
    /// <exception cref="ApiException">The endpoint does not exist, or the connection broke.</exception>
    /// <exception cref="PagingException">The events were not sorted newest first, one was repeated, or they did not end.</exception>
    public async Task<FetchedWindow> FetchAsync(QueryJobSpec spec, TimeWindow range, IWindowSink sink, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, client.StreamPath)
        {
            Body = spec.ToJson(),
            Accept = "application/x-ndjson",
            Answer = AnswerSize.Stream,
            Retry = false
        };
        var writer = sink.Open(range);
        try
        {
            long rows = 0;
            var most = new RecordLimit(limit);
            var identities = new StreamIdentities(pinned.AsSent);
            var noting = pinned.Noting;
            long outside = 0, recent = 0;
            // The count may be known later than the events. The few events that it can make late are remembered.
            var ingested = new List<long>();
            var from = RowNoting.Earliest(pinned.Since);
            await client.Transport.SendAsync(
                request,
                async (response, token) =>
                {
                    await EventStreamReader.ReadAsync(response.Body, Take, token).ConfigureAwait(false);
                    return response;
                },
                cancellationToken).ConfigureAwait(false);
            var lateSince = await lateFrom(cancellationToken).ConfigureAwait(false);
            var late = lateSince is { } first
                ? ingested.Aggregate(default(RowNotes), (sum, time) => sum + RowNoting.OfIngest(time, first))
                : default;
            return new FetchedWindow(writer, rows,
                late + new RowNotes(RepeatedIds: identities.RepeatedIds, WithoutId: identities.WithoutId,
                    OutsideRange: outside)
                { Recent = recent });

            [MethodImpl(HotPath.Method)]
            bool Take(List<Record> events)
            {
                most.Cut(events, rows);
                for (var i = 0; i < events.Count; i++)
                {
                    if (events[i].IngestTimestamp is { } taken && taken >= from)
                        ingested.Add(taken);
                }
                if (ingested.Count > MostIngested)
                {
                    throw new PagingException(PagingErrorKind.TooManyItems, FormattableString.Invariant(
                        $"the stream has more than {MostIngested:N0} events that arrived after it began"));
                }
                identities.Add(events);
                outside += noting.Outside(events);
                recent += noting.Recent(events);
                rows += events.Count;
                if (rows > plausible())
                    throw new PagingException(PagingErrorKind.TooManyItems,
                        FormattableString.Invariant($"the stream was closed after {rows:N0} events because it might not end"));
                Telemetry.Page(events.Count);
                writer.Append(new Page<Record>(events, null, new PageInfo()));
                return !most.IsReached(rows);
            }
        }
        catch
        {
            writer.Discard();
            throw;
        }
    }
}
