using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.EndToEnd.Tests.ExampleSystem;

/// <summary>The server of the example: parcels over real HTTP, in pages with a cursor.</summary>
internal sealed class ParcelServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _parcels = [];

    public ParcelServer(int count)
    {
        _parcels.AddRange(Enumerable.Range(0, count).Select(Parcel));
        _listener = Listen();
        Task.Run(ServeAsync);
    }

    /// <summary>Number of pages after which a cursor expires, once; null for never.</summary>
    public int? ExpiresAfter { get; set; }

    /// <summary>Number of pages after which the server breaks off every answer; null for never.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>Parcels that are counted and never listed.</summary>
    public int Hidden { get; set; }

    /// <summary>True when the server does not count.</summary>
    public bool RefusesToCount { get; set; }

    public int Pages { get; private set; }

    public ParcelConnection Connect() => new(new ApiTransport(new ApiTransportOptions
    {
        BaseUrl = new Uri(_listener.Prefixes.First()),
        Tokens = NoTokenSource.Instance,
        MaxRetryCount = 0,
    }));

    public static JsonObject Parcel(int number) => new()
    {
        ["id"] = FormattableString.Invariant($"p{number}"),
        ["sent"] = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000 + number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture),
        ["grams"] = number * 1_000_000_000_000L,
        ["to"] = new JsonObject { ["city"] = "Bern", ["tags"] = new JsonArray("a", number) },
    };

    public void Dispose() => _listener.Close();

    private static HttpListener Listen()
    {
        for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (port < 60_000)
            {
                // Another program has this port.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                lock (_gate)
                    Answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The client or the test has gone.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var request = context.Request;
        if (request.Url!.AbsolutePath == "/count")
        {
            Send(context, RefusesToCount ? 501 : 200, new JsonObject { ["count"] = _parcels.Count + Hidden });
            return;
        }
        var start = int.Parse(request.QueryString["cursor"]?[1..] ?? "0", CultureInfo.InvariantCulture);
        var limit = int.Parse(request.QueryString["limit"]!, CultureInfo.InvariantCulture);
        if (Pages++ >= BreaksAfter)
        {
            Send(context, 400, new JsonObject { ["error"] = "the database is down" });
            return;
        }
        if (start > 0 && Pages > ExpiresAfter)
        {
            ExpiresAfter = null;
            Send(context, 410, []);
            return;
        }
        var next = start + limit < _parcels.Count ? FormattableString.Invariant($"c{start + limit}") : null;
        Send(context, 200, new JsonObject
        {
            ["parcels"] = new JsonArray([.. _parcels.Skip(start).Take(limit).Select(p => p.DeepClone())]),
            ["next"] = next
        });
    }

    private static void Send(HttpListenerContext context, int status, JsonObject body)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength64) = (status, "application/json",
            bytes.Length);
        context.Response.OutputStream.Write(bytes);
        context.Response.Close();
    }
}
