using System.Globalization;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator;

/// <summary>One way in which a request fails, for a <see cref="FaultRule"/>.</summary>
public sealed class Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    public FaultKind Kind { get; }

    /// <summary>The status code of a <see cref="FaultKind.Status"/> fault, or the code of a <see cref="FaultKind.ErrorsInOk"/>.</summary>
    public int StatusCode { get; private init; }

    /// <summary>
    /// The text/plain body of a <see cref="FaultKind.Status"/> fault, or the message of a <see cref="FaultKind.ErrorsInOk"/>.
    /// </summary>
    public string Body { get; private init; } = "";

    /// <summary>The body of a <see cref="FaultKind.Status"/> fault as bytes, if it is not text; else null.</summary>
    public IReadOnlyList<byte>? Bytes { get; private init; }

    /// <summary>Headers added to a <see cref="FaultKind.Status"/> answer. A Content-Type here replaces text/plain.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <summary>The part of the body that a <see cref="FaultKind.CutBody"/> fault sends, 0 to 1.</summary>
    public double Fraction { get; private init; }

    /// <summary>The speed of the body in bytes per second; 0 for no limit.</summary>
    public int BytesPerSecond { get; private init; }

    public static Fault ResetBefore { get; } = new(FaultKind.ResetBefore);

    public static Fault ResetAfter { get; } = new(FaultKind.ResetAfter);

    public static Fault Hang { get; } = new(FaultKind.Hang);

    public static Fault Html { get; } = new(FaultKind.Html);

    public static Fault ExpireJob { get; } = new(FaultKind.ExpireJob);

    public static Fault CancelledResult { get; } = new(FaultKind.CancelledResult);

    public static Fault EmptyWithMore { get; } = new(FaultKind.EmptyWithMore);

    public static Fault WrongJson { get; } = new(FaultKind.WrongJson);

    public static Fault NotDone { get; } = new(FaultKind.NotDone);

    /// <summary>Answers with a status code instead of handling the request.</summary>
    /// <param name="code">100 to 599.</param>
    /// <param name="body">Sent as text/plain, unless the headers have a Content-Type.</param>
    /// <param name="headers">Names and values, e.g. ("Retry-After", "2").</param>
    public static Fault Status(int code, string body = "", params (string Name, string Value)[] headers)
        => new(FaultKind.Status)
        {
            StatusCode = code,
            Body = body,
            Headers = [.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))]
        };

    /// <summary>Answers with exact bytes instead of handling the request.</summary>
    /// <inheritdoc cref="Status"/>
    public static Fault Answer(int code, byte[] body, params (string Name, string Value)[] headers)
        => new(FaultKind.Status)
        {
            StatusCode = code,
            Bytes = body,
            Headers = [.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))]
        };

    /// <summary>JSON that is compressed, and unpacks to this number of bytes.</summary>
    /// <param name="before">How the body begins.</param>
    /// <param name="filling">Repeated until the size is reached.</param>
    /// <param name="after">How the body ends.</param>
    /// <param name="size">Bytes, unpacked.</param>
    /// <param name="code">The status code, 100 to 599.</param>
    public static Fault Bomb(string before, string filling, string after, long size, int code = 200)
    {
#if NET
        const string Encoding = "br";
#else
        const string Encoding = "gzip";
#endif
        var block = Events.Utf8.Bytes(string.Concat(Enumerable.Repeat(filling, Math.Max(1, 65_536 / filling.Length))));
        using var packed = new MemoryStream();
        using (var packer = Compressor.Wrap(packed, Encoding))
        {
            Write(packer, Events.Utf8.Bytes(before));
            for (long written = 0; written < size; written += block.Length)
                Write(packer, block);
            Write(packer, Events.Utf8.Bytes(after));
        }
        return Answer(code, packed.ToArray(), ("Content-Type", "application/json"), ("Content-Encoding", Encoding));

        static void Write(Stream target, byte[] bytes) => target.Write(bytes, 0, bytes.Length);
    }

    /// <summary>200 and a body that does not have the encoding of its header.</summary>
    public static Fault DamagedEncoding(string encoding = "br") =>
        Answer(200, Events.Utf8.Bytes("{\"id\":\"not packed at all\"}"), ("Content-Type", "application/json"),
            ("Content-Encoding", encoding));

    /// <summary>429 with Retry-After in seconds.</summary>
    public static Fault TooManyRequests(int retryAfterSeconds)
        => Status(429, "Too many requests", ("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>429 with Retry-After as an HTTP date.</summary>
    public static Fault TooManyRequestsUntil(DateTimeOffset time)
        => Status(429, "Too many requests", ("Retry-After", time.ToString("r", CultureInfo.InvariantCulture)));

    /// <summary>Answers 200 with an error in the body.</summary>
    public static Fault ErrorsInOk(int code, string message) => new(FaultKind.ErrorsInOk) { StatusCode = code, Body = message };

    /// <summary>Sends only a part of the body, then closes the connection.</summary>
    /// <param name="fraction">0 to 1. With 1, only the last byte is missing.</param>
    public static Fault CutBody(double fraction = 0.5) => new(FaultKind.CutBody) { Fraction = fraction };

    /// <summary>Sends the body slowly.</summary>
    /// <param name="bytesPerSecond">At least 1.</param>
    public static Fault SlowBody(int bytesPerSecond) => new(FaultKind.SlowBody) { BytesPerSecond = Math.Max(1, bytesPerSecond) };

    /// <summary>The same with a slow body.</summary>
    /// <param name="bytesPerSecond">At least 1.</param>
    public Fault At(int bytesPerSecond) => new(Kind)
    {
        StatusCode = StatusCode,
        Body = Body,
        Bytes = Bytes,
        Headers = Headers,
        Fraction = Fraction,
        BytesPerSecond = Math.Max(1, bytesPerSecond),
    };

    /// <summary>The fault of a kind, with default details: 503, half a body, 64 KiB per second.</summary>
    public static Fault Of(FaultKind kind) => kind switch
    {
        FaultKind.Status => Status(503, "Service Unavailable"),
        FaultKind.CutBody => CutBody(),
        FaultKind.ErrorsInOk => ErrorsInOk(500, "internal error"),
        FaultKind.SlowBody => SlowBody(64 * 1024),
        _ => new Fault(kind),
    };

    /// <summary>Whether the fault can affect this request.</summary>
    internal bool Concerns(RequestInfo request) => Kind switch
    {
        FaultKind.CancelledResult or FaultKind.EmptyWithMore or FaultKind.NotDone => request.Kind == RequestKind.Poll,
        FaultKind.ExpireJob => request.JobId is not null,
        FaultKind.CutBody or FaultKind.SlowBody or FaultKind.WrongJson => request.Kind != RequestKind.Delete,
        _ => true,
    };

    public override string ToString() => Kind is FaultKind.Status or FaultKind.ErrorsInOk ? $"{Kind} {StatusCode}" : Kind.ToString();
}
