namespace LogScalePaging.Simulator.Http;

/// <summary>A client's connection: a stream, and a way to reset the socket below it.</summary>
internal sealed class HttpConnection(Stream stream, Action reset, SimulatorClock clock) : IDisposable
{
    private readonly HttpRequestReader _reader = new(stream);

    /// <summary>The connection itself, for use without HTTP.</summary>
    public Stream Stream { get; } = stream;

    public HttpResponseWriter Writer { get; } = new(stream, clock);

    /// <summary>Answers requests until the client or the server is done.</summary>
    /// <param name="serve">Handles a request, and returns whether the connection stays open.</param>
    public async Task RunAsync(Func<HttpRequest, HttpConnection, CancellationToken, Task<bool>> serve, CancellationToken cancellation)
    {
        try
        {
            while (await _reader.ReadAsync(cancellation).ConfigureAwait(false) is { } request)
            {
                await Jitter.PauseAsync(cancellation).ConfigureAwait(false);
                if (!await serve(request, this, cancellation).ConfigureAwait(false))
                    return;
            }
        }
        catch (HttpFormatException e)
        {
            await Writer.SendAsync(HttpResponse.Text(400, e.Message), keepAlive: false, null, null, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Drops the connection, so that the client sees a reset.</summary>
    public void Reset() => reset();

    /// <summary>Waits until the client gives up.</summary>
    public async Task HangAsync(CancellationToken cancellation)
    {
        var ignored = new byte[256];
        while (await Stream.ReadAsync(ignored, 0, ignored.Length, cancellation).ConfigureAwait(false) > 0)
        {
            // Bytes from the client are ignored.
        }
    }

    public void Dispose() => Stream.Dispose();
}
