using System.Globalization;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>Processes every request to a simulated Axiom: latency, faults, handler, record.</summary>
internal sealed class AxiomPipeline(
    AxiomSimulatorOptions options, SimulatorClock clock, AxiomApi api, RequestLog log, Action<RequestRecord> handled)
{
    /// <returns>Whether the connection stays open.</returns>
    public async Task<bool> ServeAsync(HttpRequest request, HttpConnection connection, CancellationToken cancellation)
    {
        RequestKind kind = request.Path.EndsWith("/_apl", StringComparison.Ordinal) ? RequestKind.Query : RequestKind.Other;
        var info = new RequestInfo(kind, request.Method, request.Path, request.Query, null, request.BodyText);
        log.Number(info);
        var record = new RequestRecord(info, clock.Now, request.Header("Authorization") is not null);
        if (options.Latency > TimeSpan.Zero)
            await clock.Delay(options.Latency, cancellation).ConfigureAwait(false);
        Fault? fault = record.Fault = options.Faults.Next(info);
        if (fault?.Kind is FaultKind.ResetBefore or FaultKind.Hang)
        {
            Finish(record);
            if (fault.Kind == FaultKind.Hang)
                await connection.HangAsync(cancellation).ConfigureAwait(false);
            else
                connection.Reset();
            return false;
        }
        HttpResponse response = (Replaced(fault) ?? api.Handle(request))
            .With("X-Axiom-Trace-Id", info.Number.ToString("x16", CultureInfo.InvariantCulture));
        record.Status = fault?.Kind == FaultKind.ResetAfter ? null : response.Status;
        Finish(record);
        if (fault?.Kind == FaultKind.ResetAfter)
        {
            connection.Reset();
            return false;
        }
        bool packs = options.Compression && fault?.Kind != FaultKind.CutBody;
        string? encoding = packs ? Compressor.Choose(request.Header("Accept-Encoding")) : null;
        await connection.Writer.SendAsync(response, request.KeepAlive, encoding, fault, cancellation).ConfigureAwait(false);
        return request.KeepAlive;
    }

    private static HttpResponse? Replaced(Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Html:
                return HttpResponse.Html(Pages.SignIn);
            case FaultKind.WrongJson:
                return HttpResponse.Json("{\"format\":\"tabular\",\"tables\":[{\"columns\":[[1,,"u8.ToArray());
            case FaultKind.ErrorsInOk:
                return HttpResponse.Json(Events.Utf8.Bytes($"{{\"message\":\"{fault.Body}\"}}"));
            case FaultKind.Status:
                HttpResponse response = AxiomApi.Error(fault.StatusCode, fault.Body);
                response.Headers.AddRange(fault.Headers);
                return response;
            default:
                return null;
        }
    }

    private void Finish(RequestRecord record)
    {
        log.Add(record, options.RequestLogLimit);
        handled(record);
    }
}
