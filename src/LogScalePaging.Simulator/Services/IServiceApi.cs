using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Services;

/// <summary>The API of a simulated service.</summary>
internal interface IServiceApi
{
    /// <summary>Name of the header that carries the token.</summary>
    string TokenHeader { get; }

    /// <summary>Name of the header for the id of an answer; null for none.</summary>
    string? TraceHeader { get; }

    /// <summary>The kind of a request, for the fault rules.</summary>
    RequestKind KindOf(HttpRequest request);

    /// <summary>Answers a request.</summary>
    HttpResponse Handle(HttpRequest request);

    /// <summary>An error as the service words it.</summary>
    HttpResponse Error(int status, string message);

    /// <summary>An error in an answer with status 200.</summary>
    HttpResponse ErrorInOk(int code, string message);
}
