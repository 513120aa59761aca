using System.Text.Json;
using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>The calls of the QueryJobs API of one repository. Each is one request. The transport retries.</summary>
/// <param name="transport">The connection, with the signals of the run.</param>
/// <param name="repository">Repository or view.</param>
/// <param name="gateway">The gateway in front of the server; null for none.</param>
public sealed class QueryJobClient(ApiTransport transport, string repository, LogScaleGateway? gateway = null)
{
    private static readonly Regex s_id = new("\"id\"\\s*:\\s*\"([^\"\\\\]+)\"", RegexOptions.CultureInvariant);
    private readonly string _path = $"{gateway?.PathPrefix}api/v1/repositories/{Escaped(repository)}/queryjobs";

    private volatile bool _hasWorked;

    /// <summary>Path of the endpoint that streams all events of a query.</summary>
    internal string StreamPath { get; } = $"api/v1/repositories/{Escaped(repository)}/query";

    /// <summary>Repository or view.</summary>
    public string Repository { get; } = repository;

    /// <summary>The connection, with the signals of the run.</summary>
    public ApiTransport Transport { get; } = transport;

    /// <summary>Creates a job.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ApiException">The server refused it. For bad CQL, the message has the server's message.</exception>
    public async Task<string> CreateAsync(QueryJobSpec spec, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, _path)
        {
            Body = spec.ToJson(),
            MayRepeat = (failure, _) => MayMakeAnotherAsync(spec, failure),
            // After the request is sent, the server may have a job. Its id is needed to delete it, even if the caller cancels.
            FinishWithin = Transport.Options.CleanUpTime,
        };
        try
        {
            var id = await Transport.SendAsync(request, ReadIdAsync, cancellationToken).ConfigureAwait(false);
            _hasWorked = true;
            Transport.Signals.Verbose(SignalKind.JobCreated, $"query job {id} created");
            return id;
        }
        // A failed sign-in also throws this. It says nothing about the repository.
        catch (ApiException e) when (e.Kind is ApiErrorKind.NotFound or ApiErrorKind.Forbidden && !e.IsSignIn)
        {
            throw e.With(WhyRefused(e));
        }
        // There was no retry left, so the check for a job of the lost request did not run.
        catch (ApiException e) when (e.MayHaveBeenProcessed)
        {
            await TidyAsync(e).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException e) when (e.InnerException is ApiException { MayHaveBeenProcessed: true } lost)
        {
            await TidyAsync(lost).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the job's state and a slice of its result. Also keeps it alive.</summary>
    /// <exception cref="JobLostException">The server no longer knows the job, or the job was cancelled.</exception>
    public async Task<QueryResult> PollAsync(string jobId, PollOptions options, CancellationToken cancellationToken)
    {
        var result = await GetAsync(jobId, options.ToQueryString(), options.Limit ?? options.Expected, needsEvents: true,
            cancellationToken).ConfigureAwait(false);
        foreach (var warning in result.Metadata.Warnings)
            Transport.Signals.Warn(SignalKind.ServerWarning, $"the server warns: {warning}");
        return result.Cancelled ? throw new JobLostException(jobId, "was cancelled on the server") { WasCancelled = true } : result;
    }

    /// <summary>Keeps a job alive without reading its result.</summary>
    /// <exception cref="JobLostException">The server no longer knows the job.</exception>
    public Task<QueryResult> HeartbeatAsync(string jobId, CancellationToken cancellationToken) =>
        GetAsync(jobId, "?onlyHeartbeat=true", null, needsEvents: false, cancellationToken);

    /// <summary>Cancels and deletes a job. It is a success if the job no longer exists.</summary>
    public async Task DeleteAsync(string jobId, CancellationToken cancellationToken)
    {
        // 404: it expired or was deleted before. The gateway answers 200 with an empty body, LogScale 204.
        var request = new ApiRequest(HttpMethod.Delete, PathOf(jobId)) { AlsoGood = [404] };
        await Transport.SendAsync(request, EnsureDeletedAsync, cancellationToken).ConfigureAwait(false);
        Transport.Signals.Verbose(SignalKind.JobDeleted, $"query job {jobId} deleted");
    }

    private static string Escaped(string repository) => repository is not ("." or "..")
        ? Uri.EscapeDataString(repository)
        : throw new ArgumentException($"'{repository}' is not the name of a repository or view.", nameof(repository));

    private string WhyRefused(ApiException e)
    {
        var said = e.Said is { } text ? $" The server says: {Printable.Line(text)}" : "";
        if (_hasWorked)
        {
            return e.Kind == ApiErrorKind.NotFound
                ? $"The server no longer finds the repository '{Printable.Line(Repository)}' ({e.Status}), although it did a moment ago. "
                    + "Part of the server may be down, or the repository was removed. Try again. If it fails again, check -Repository "
                    + $"(--repo).{said}"
                : $"The server no longer lets this token search '{Printable.Line(Repository)}' ({e.Status}), although it did a moment "
                    + "ago. The permissions of the token were changed, or part of the server is down. Try again. If it fails again, "
                    + $"check the permissions of the token.{said}";
        }
        return e.Kind == ApiErrorKind.Forbidden && gateway is not null
            ? gateway.Forbidden(Printable.Line(Repository), e.Status) + said
            : $"The server has no repository '{Printable.Line(Repository)}' for this token ({e.Status}). Check -Repository (--repo) and "
                + $"the permissions of the token.{said}";
    }

    private string PathOf(string jobId) => IsUsableId(jobId)
        ? $"{_path}/{Uri.EscapeDataString(jobId)}"
        : throw new ArgumentException($"'{Printable.Line(jobId)}' is not the id of a query job.");

    // "." and ".." are steps in a path even if they are escaped: a delete of ".." would name the repository. An id that could not be
    // decoded is not the server's id.
    private static bool IsUsableId(string id) =>
        id.Length > 0 && id is not ("." or "..") && id.IndexOf('\uFFFD') < 0 && !id.Any(char.IsControl);

    private async Task<QueryResult> GetAsync(string jobId, string queryString, int? rows, bool needsEvents,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, PathOf(jobId) + queryString) { Answer = AnswerSize.Poll };
        try
        {
            return await Transport.SendAsync(
                request,
                async (response, token) =>
                {
                    var result = await QueryResultReader.ReadAsync(response.Body, token, rows, needsEvents).ConfigureAwait(false);
                    return result with
                    {
                        JobId = jobId,
                        Date = response.Date,
                        TraceId = response.TraceId,
                        RateLimit = response.RateLimit,
                        Metadata = result.Metadata with { Warnings = [.. result.Metadata.Warnings.Select(Transport.Clean)] },
                    };
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind == ApiErrorKind.NotFound && !e.IsSignIn)
        {
            throw new JobLostException(jobId, "is no longer known to the server: it expired, or it was deleted", e);
        }
        catch (ApiException e) when (e.Kind == ApiErrorKind.Forbidden && !e.IsSignIn)
        {
            throw e.With(WhyRefused(e));
        }
    }

    private async Task<string> ReadIdAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        using var document = await AnswerJson.ParseAsync(response.Body, cancellationToken).ConfigureAwait(false);
        AnswerErrors.ThrowIfAny(document.RootElement);
        if (AnswerJson.Text(document.RootElement, "id") is not { Length: > 0 } id)
            throw new JsonException("The answer to a create request has no job id.");
        if (!IsUsableId(id))
            throw new JsonException("The answer to a create request has a job id that is not valid in a path.");
        // From here on, the id is used in paths and messages.
        return Transport.Clean(id) == id
            ? id
            : throw new JsonException("The answer to a create request has a secret of this connection as job id.");
    }

    // A success with a body that is not from the API says nothing about the job. The result is not needed, but it is not a bool, because
    // every request whose result is a reference shares its compiled code with the others.
    private static async Task<ApiResponse> EnsureDeletedAsync(ApiResponse response, CancellationToken cancellationToken)
    {
        if (response.Status is 204 or 404)
            return response;
        using var body = new MemoryStream();
        await response.Body.CopyToAsync(body, 4096, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            return response;
        using var document = AnswerJson.Parse(body.ToArray());
        // Here too, it is a success if the job no longer exists.
        AnswerErrors.ThrowIfAny(document.RootElement, but: 404);
        return response;
    }

    // A create request that broke may have left a job behind. A static job may be created again, because a lost one was deleted or
    // expires. A live job stays for an hour, so it is created again only if the lost one was deleted.
    private async Task<bool> MayMakeAnotherAsync(QueryJobSpec spec, ApiException failure)
    {
        if (spec.IsLive && IdIn(failure) is null)
            return false;
        await TidyAsync(failure).ConfigureAwait(false);
        return true;
    }

    // If the id of the lost job can be read, the job is deleted, also if the caller has cancelled. Otherwise a signal reports it.
    private async Task TidyAsync(ApiException failure)
    {
        var why = "";
        using var limit = new CancellationTokenSource();
        using var timer = Transport.Time.CreateTimer(static source => ((CancellationTokenSource)source!).TryCancel(), limit,
            Transport.Options.CleanUpTime, Timeout.InfiniteTimeSpan);
        if (IdIn(failure) is { } id)
        {
            try
            {
                await DeleteAsync(id, limit.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is ApiException or OperationCanceledException)
            {
                why = $", and could not be deleted ({(e as ApiException)?.Kind ?? ApiErrorKind.Timeout})";
            }
        }
        Transport.Signals.Verbose(SignalKind.JobOrphaned, $"a create request was lost ({failure.Kind}{why}). If the server made a query "
            + "job, it expires within 90 s, a live job within an hour");
    }

    private static string? IdIn(ApiException failure) =>
        failure.Body is { } body && s_id.Match(body) is { Success: true } match && IsUsableId(match.Groups[1].Value)
            ? match.Groups[1].Value
            : null;
}
