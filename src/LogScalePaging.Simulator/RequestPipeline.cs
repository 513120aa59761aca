using System.Globalization;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Jobs;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator;

/// <summary>Processes every request: latency, rate limit, faults, token, handler, record.</summary>
internal sealed class RequestPipeline(SimulatorOptions options, SimulatorClock clock, Router router, JobTable jobs, StoreChanges changes,
    ArrivingEvents arriving, RequestLog log, Action<RequestRecord> handled, FalconGateway? gateway)
{
    private readonly RateLimiter _limiter = new(clock);

    /// <param name="isHome">Whether the requested cloud is the account's own.</param>
    /// <returns>Whether the connection stays open.</returns>
    public async Task<bool> ServeAsync(HttpRequest request, HttpConnection connection, bool isHome, CancellationToken cancellation)
    {
        var found = router.Find(request);
        var byGateway = gateway is not null
            && (FalconGateway.Concerns(request.Path) || found?.Route.Kind is RequestKind.Rest or RequestKind.RestDetails);
        var values = found?.Values ?? [];
        var signIn = byGateway ? FalconGateway.KindOf(request.Path) : null;
        // The body of a sign-in has the secret, so it is not recorded.
        var info = new RequestInfo(signIn ?? Kind(found?.Route, request), request.Method, request.Path, request.Query,
            values.TryGetValue("id", out var id) ? id : null, signIn is null ? request.BodyText : "")
        {
            IsHome = isHome,
            MemberCid = byGateway ? gateway!.TenantOf(request) : null,
        };
        log.Number(info);
        var record = new RequestRecord(info, clock.Now, request.Header("Authorization") is not null) { JobId = info.JobId };
        if (options.Latency > TimeSpan.Zero)
            await clock.Delay(options.Latency, cancellation).ConfigureAwait(false);

        var fault = options.Faults.Next(info);
        record.Fault = fault;
        if (fault?.Kind is FaultKind.ResetBefore or FaultKind.Hang)
        {
            Finish(record);
            if (fault.Kind == FaultKind.Hang)
                await connection.HangAsync(cancellation).ConfigureAwait(false);
            else
                connection.Reset();
            return false;
        }
        if (fault?.Kind == FaultKind.ExpireJob && info.JobId is not null)
            jobs.Expire(info.JobId);

        arriving.Check();
        var context = new RouteContext(request, values, fault);
        var response = Replaced(fault, info.Number)
            ?? (byGateway ? Try(() => gateway!.Handle(found?.Route, context, isHome, info.Number)) : Handle(found?.Route, context));
        if (byGateway)
            gateway!.Stamp(response, request.Path, info.Number);
        response = Stamped(response, request, info.Kind);
        record.JobId = context.JobId;
        record.Status = fault?.Kind == FaultKind.ResetAfter ? null : response.Status;
        changes.Check(log.Count, jobs.Created);
        Finish(record);
        if (fault?.Kind == FaultKind.ResetAfter)
        {
            connection.Reset();
            return false;
        }
        // The body is cut at a part of its uncompressed length. A compressed body may be shorter than that.
        var encoding = options.Compression && fault?.Kind != FaultKind.CutBody
            ? Compressor.Choose(request.Header("Accept-Encoding"))
            : null;
        await connection.Writer.SendAsync(response, request.KeepAlive, encoding, fault, cancellation).ConfigureAwait(false);
        return request.KeepAlive;
    }

    private static RequestKind Kind(Route? route, HttpRequest request)
        => route is null ? RequestKind.Other
            : route.Kind == RequestKind.Poll && request.Parameter("onlyHeartbeat") == "true" ? RequestKind.Heartbeat
            : route.Kind;

    /// <summary>The answer of a fault that replaces the handler's; null if the handler answers.</summary>
    private static HttpResponse? Replaced(Fault? fault, long number)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Html:
                return HttpResponse.Html(Pages.SignIn);
            case FaultKind.ErrorsInOk:
                return GatewayAnswers.Error(200, fault.StatusCode, fault.Body, number);
            case FaultKind.WrongJson:
                return HttpResponse.Json("{\"cancelled\":false,\"done\":true,\"events\":[{\"@timestamp\":15851455,,"u8.ToArray());
            case FaultKind.Status:
                var type = fault.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
                var response = new HttpResponse(fault.StatusCode, type ?? "text/plain; charset=UTF-8",
                    new BytesBody(fault.Bytes is { } bytes ? [.. bytes] : Events.Utf8.Bytes(fault.Body)));
                response.Headers.AddRange(fault.Headers.Where(h => !h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)));
                return response;
            default:
                return null;
        }
    }

    /// <summary>Adds the headers that a server, or a load balancer in front of it, adds to every answer.</summary>
    private HttpResponse Stamped(HttpResponse response, HttpRequest request, RequestKind kind)
    {
        if (options.BalancerCookie is { } cookie && request.Header("Cookie")?.Contains(cookie + "=") != true)
        {
            if (kind is RequestKind.Poll or RequestKind.Heartbeat or RequestKind.Delete)
                response = HttpResponse.Text(404, "No such query job on this node");
            response.With("Set-Cookie", cookie + "=node-1; Path=/; HttpOnly");
        }
        if (options.DateHeader is { } date)
            response.With("Date", date);
        return options.ByteOrderMark && response.ContentType == "application/json" ? response.Marked() : response;
    }

    private HttpResponse Handle(Route? route, RouteContext context)
    {
        if (options.RateLimitPerSecond > 0 && _limiter.Take(options.RateLimitPerSecond) < 0)
        {
            return HttpResponse.Text(429, "Too many requests").With("Retry-After", "1")
                .With("X-RateLimit-Limit", options.RateLimitPerSecond.ToString(CultureInfo.InvariantCulture)).With("X-RateLimit-Remaining",
                    "0");
        }
        if (route is null)
            return HttpResponse.Html(Pages.UserInterface);
        // These are the words of the server's HTTP library.
        if (route.NeedsToken && context.Request.Header("Authorization") is null)
            return HttpResponse.Text(401, "The resource requires authentication, which was not supplied with the request").With(
                "WWW-Authenticate", "Bearer");
        if (route.NeedsToken && context.Request.Credentials("Bearer") != options.Token)
            return HttpResponse.Text(401, "The supplied authentication is invalid").With("WWW-Authenticate", "Bearer");
        return Try(() => route.Handle(context));
    }

    private static HttpResponse Try(Func<HttpResponse> handle)
    {
        try
        {
            return handle();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A server with a bug answers 500, and continues.
            return HttpResponse.Text(500, e.ToString());
        }
    }

    private void Finish(RequestRecord record)
    {
        log.Add(record, options.RequestLogLimit);
        handled(record);
    }
}
