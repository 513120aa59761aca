using System.Globalization;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator.Services;

/// <summary>Processes every request to a simulated service: latency, faults, handler, record.</summary>
internal sealed class ServicePipeline(
    IServiceSettings options, SimulatorClock clock, IServiceApi api, RequestLog log, Action<RequestRecord> handled)
{
    /// <returns>Whether the connection stays open.</returns>
    public async Task<bool> ServeAsync(HttpRequest request, HttpConnection connection, CancellationToken cancellation)
    {
        var info = new RequestInfo(api.KindOf(request), request.Method, request.Path, request.Query, null, request.BodyText);
        log.Number(info);
        var record = new RequestRecord(info, clock.Now, request.Header(api.TokenHeader) is not null);
        if (options.Latency > TimeSpan.Zero)
            await clock.Delay(options.Latency, cancellation).ConfigureAwait(false);
        var fault = record.Fault = options.Faults.Next(info);
        if (fault?.Kind is FaultKind.ResetBefore or FaultKind.Hang)
        {
            Finish(record);
            if (fault.Kind == FaultKind.Hang)
                await connection.HangAsync(cancellation).ConfigureAwait(false);
            else
                connection.Reset();
            return false;
        }
        var response = Replaced(fault) ?? api.Handle(request);
        if (api.TraceHeader is { } header)
            response.With(header, info.Number.ToString("x16", CultureInfo.InvariantCulture));
        record.Status = fault?.Kind == FaultKind.ResetAfter ? null : response.Status;
        Finish(record);
        if (fault?.Kind == FaultKind.ResetAfter)
        {
            connection.Reset();
            return false;
        }
        var packs = options.Compression && fault?.Kind != FaultKind.CutBody;
        var encoding = packs ? Compressor.Choose(request.Header("Accept-Encoding")) : null;
        await connection.Writer.SendAsync(response, request.KeepAlive, encoding, fault, cancellation).ConfigureAwait(false);
        return request.KeepAlive;
    }

    private HttpResponse? Replaced(Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Html:
                return HttpResponse.Html(Pages.SignIn);
            case FaultKind.WrongJson:
                return HttpResponse.Json("{\"data\":{\"format\":\"tabular\",\"tables\":[{\"columns\":[[1,,"u8.ToArray());
            case FaultKind.ErrorsInOk:
                return api.ErrorInOk(fault.StatusCode, fault.Body);
            case FaultKind.Status:
                var response = fault.Bytes is { } bytes
                    ? new HttpResponse(fault.StatusCode, null, new BytesBody([.. bytes]))
                    : api.Error(fault.StatusCode, fault.Body);
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
