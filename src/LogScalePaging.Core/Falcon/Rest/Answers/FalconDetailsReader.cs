using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Records;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Falcon.Rest.Answers;

/// <summary>Gets the full records for the ids of a page, in the order of the ids. It does not change the position of the walk.</summary>
/// <param name="details">Their endpoint.</param>
/// <param name="transport">The transport.</param>
/// <param name="parser">Reads records.</param>
internal sealed class FalconDetailsReader(FalconDetails details, ApiTransport transport, RecordParser parser)
{
    private const int NotFound = 404;
    private long _missing;

    /// <summary>Listed records whose details were missing in two answers.</summary>
    public long Missing => Interlocked.Read(ref _missing);

    /// <summary>The records of the ids. If the server no longer has a record, the result has only its id.</summary>
    public async Task<List<Record>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Record>(ids.Count, StringComparer.Ordinal);
        await AddAsync(ids, found, cancellationToken).ConfigureAwait(false);
        var missing = ids.Where(id => !found.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            await AddAsync(missing, found, cancellationToken).ConfigureAwait(false);
            missing.RemoveAll(found.ContainsKey);
        }
        if (missing.Count > 0)
        {
            Interlocked.Add(ref _missing, missing.Count);
            transport.Signals.Warn(SignalKind.DetailsMissing, FormattableString.Invariant(
                $"{missing.Count:N0} records have no details in {details.Path}. The result has only their ids. ")
                + $"The first is {missing[0]}", missing.Count);
        }
        return [.. ids.Select(id => found.TryGetValue(id, out var record) ? record : IdAlone(id))];
    }

    private async Task AddAsync(IReadOnlyList<string> ids, Dictionary<string, Record> found, CancellationToken cancellationToken)
    {
        var batches = Enumerable.Range(0, (ids.Count + details.Most - 1) / details.Most)
            .Select(i => BatchAsync([.. ids.Skip(i * details.Most).Take(details.Most)], cancellationToken));
        foreach (var records in await Task.WhenAll(batches).ConfigureAwait(false))
        {
            foreach (var record in records)
            {
                if (record.Id is { } id)
                    found[id] = record;
            }
        }
    }

    private async Task<IReadOnlyList<Record>> BatchAsync(List<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(FalconWire.Of(details, ids), async (response, token) =>
            {
                var answer = FalconAnswer.Parse(await response.BytesAsync(token).ConfigureAwait(false), ["resources"]);
                // An id that no longer exists is an error in the answer, next to the records of the other ids.
                answer.ThrowIfErrors(but: NotFound);
                return (IReadOnlyList<Record>)[.. answer.Values().Where(v => v.Span[0] == (byte)'{').Select(v => parser.Parse(v))];
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (ids.Count > 1 && IsTooMuch(e))
        {
            var half = ids.Count / 2;
            return [.. await BatchAsync(ids.GetRange(0, half), cancellationToken).ConfigureAwait(false),
                .. await BatchAsync(ids.GetRange(half, ids.Count - half), cancellationToken).ConfigureAwait(false)];
        }
        catch (ApiException e) when (e.Kind == ApiErrorKind.NotFound)
        {
            return [];
        }
    }

    // The URL is too long for a proxy, or the answer exceeds the limit of a page.
    private static bool IsTooMuch(ApiException e) => e.Status is 413 or 414 || e.InnerException is AnswerLimitException;

    private Record IdAlone(string id)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString(details.IdentityField, id);
            writer.WriteEndObject();
        }
        return parser.Parse(bytes.ToArray());
    }
}
