using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Jobs;
using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Routes;

/// <summary>The API of LogScale itself.</summary>
internal sealed class LogScaleRoutes(EventStore store, JobTable jobs, SimulatorClock clock)
{
    private SimulatorOptions Options => store.Options;

    /// <param name="prefix">The path before <c>/api</c>; empty, or a gateway's path.</param>
    public IEnumerable<Route> Table(string prefix = "")
    {
        var gateway = prefix.Length > 0;
        yield return new Route("GET", prefix + "/api/v1/status", RequestKind.Status, Status) { NeedsToken = false };
        Func<RouteContext, HttpResponse> InRepository(Func<RouteContext, bool, HttpResponse> handle) =>
            context => !Knows(context["repo"], gateway)
            ? HttpResponse.Text(404, $"Could not find a repository or view called '{context["repo"]}'")
            : handle(context, gateway);

        // dataspaces is the old alias of repositories.
        foreach (var name in new[] { "repositories", "dataspaces" })
        {
            var repository = $"{prefix}/api/v1/{name}/{{repo}}";
            yield return new Route("POST", repository + "/queryjobs", RequestKind.Create, InRepository(Create));
            yield return new Route("GET", repository + "/queryjobs/{id}", RequestKind.Poll, InRepository(Poll));
            yield return new Route("DELETE", repository + "/queryjobs/{id}", RequestKind.Delete, InRepository(Delete));
            yield return new Route("POST", repository + "/query", RequestKind.Query, InRepository(Stream));
        }
    }

    private bool Knows(string repository, bool gateway) => gateway
        ? Options.Gateway?.Repositories.Contains(repository) == true
        : repository == Options.Repository;

    private HttpResponse Status(RouteContext context)
        => HttpResponse.Json(
            new ByteWriter().Add("{\"status\":\"OK\",\"version\":"u8).AddString(Options.ServerVersion).Add((byte)'}').ToArray());

    private HttpResponse Create(RouteContext context, bool gateway)
    {
        SimulatedJob? job;
        try
        {
            job = jobs.Create(CreateRequest.Parse(context.Request.Body));
        }
        catch (FormatException e)
        {
            return HttpResponse.Text(400, e.Message);
        }
        if (job is null)
            return HttpResponse.Text(429, FormattableString.Invariant($"There are {Options.MaxJobs} query jobs already")).With(
                "Retry-After", "1");
        context.JobId = job.Record.Id;
        var query = job.Request.QueryString.Trim();
        var answer = new ByteWriter()
            .Add("{\"id\":"u8).AddString(job.Record.Id)
            .Add(",\"queryOnView\":"u8).AddString(query.Length == 0 ? "*" : query);
        if (gateway)
            answer.Add(",\"hashedQueryOnView\":"u8).AddString("h" + job.Record.Id);
        return HttpResponse.Json(answer.Add((byte)'}').ToArray());
    }

    private HttpResponse Poll(RouteContext context, bool gateway)
    {
        var job = jobs.Touch(context["id"]);
        if (job is null)
            return UnknownJob(context);
        var answer = new PollAnswer(job, Options, clock)
        {
            Fault = context.Fault?.Kind,
            Echo = Options.EchoAuthorization
                ? $"The request came with {context.Request.Header("Authorization")}, and with a warning"
                : null,
        };
        if (context.Request.Parameter("onlyHeartbeat") == "true")
        {
            job.Record.Heartbeats++;
            return new HttpResponse(200, "application/json", answer.ToBody(null));
        }
        job.Record.Polls++;
        if (context.Request.Parameter("mimeType") is { } mimeType)
            return ExportAnswer.Create(job.Progress >= 1 ? job.Result.Rows : Rows.None, mimeType,
                context.Request.Parameter("fieldsToExport"));
        return PollPage.TryParse(context.Request, out var page, out var problem)
            ? new HttpResponse(200, "application/json", answer.ToBody(Options.IgnoresPagination ? rows => rows : page.Of))
            : HttpResponse.Text(400, problem);
    }

    private HttpResponse Delete(RouteContext context, bool gateway)
        => !jobs.Delete(context["id"]) ? UnknownJob(context) : HttpResponse.Empty(gateway || Options.DeleteAnswersOk ? 200 : 204);

    /// <summary>Sends all matching events, newest first. There is no metadata and no end mark.</summary>
    private HttpResponse Stream(RouteContext context, bool gateway)
    {
        Rows rows;
        try
        {
            var request = CreateRequest.Parse(context.Request.Body);
            var plan = QueryPlan.Parse(request.QueryString, request.Arguments, store.Tags, Options.MaxTail);
            var now = clock.NowMs;
            var range = JobTimes.Range(request, plan, now, Options.EndInclusive);
            rows = QueryRunner.All(plan, store, store.Index, range, now);
            if (Options.AnswerFaults.Faults.Count > 0)
            {
                var answer = jobs.Streamed(request.QueryString, range);
                rows = WrongRows.OfPoll(Options.AnswerFaults, answer, WrongRows.OfJob(Options.AnswerFaults, answer, rows), all => all);
            }
        }
        catch (FormatException e)
        {
            return HttpResponse.Text(400, e.Message);
        }
        var accept = context.Request.Header("Accept") ?? "";
        var lines = accept.Has("ndjson");
        var array = !lines && accept.Has("application/json");
        if (!lines && !array)
            return ExportAnswer.Create(rows, "text/plain", null);
        return new HttpResponse(200, lines ? "application/x-ndjson" : "application/json",
            array ? new RowsBody("["u8.ToArray(), rows, asLines: false, "]"u8.ToArray()) : new RowsBody([], rows, asLines: true, []))
        {
            Chunked = true,
        };
    }

    private static HttpResponse UnknownJob(RouteContext context) =>
        HttpResponse.Text(404, $"Could not find query job with id '{context["id"]}'");
}
