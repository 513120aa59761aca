using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>
/// Counts what can be seen of a run from outside, each request and each change of a file, and does something at one of these moments.
/// </summary>
internal sealed class Moments : IDisposable
{
    private readonly LogScaleSimulator _server;
    private readonly FileSystemWatcher _files;
    private readonly long _moment;
    private readonly Action? _act;
    private long _seen;

    /// <param name="world">Where the run is.</param>
    /// <param name="moment">The moment, from 1.</param>
    /// <param name="act">What is done then: right before the answer to a request is sent, or as soon as a file's change is told.</param>
    public Moments(CliWorld world, long moment = long.MaxValue, Action? act = null) : this(world.Server, world.Folder, moment, act)
    {
    }

    /// <param name="server">The server of the run.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="moment">The moment, from 1.</param>
    /// <param name="act">What is done then.</param>
    public Moments(LogScaleSimulator server, string folder, long moment, Action? act)
    {
        (_server, _moment, _act) = (server, moment, act);
        server.RequestHandled += OnRequest;
        _files = new FileSystemWatcher(folder) { IncludeSubdirectories = true, InternalBufferSize = 64 * 1024 };
        _files.Created += OnFile;
        _files.Changed += OnFile;
        _files.Renamed += OnFile;
        _files.Deleted += OnFile;
        _files.EnableRaisingEvents = true;
    }

    public long Seen => Interlocked.Read(ref _seen);

    public void Dispose()
    {
        _server.RequestHandled -= OnRequest;
        _files.Dispose();
    }

    private void OnRequest(RequestRecord request) => Next();

    private void OnFile(object sender, FileSystemEventArgs change) => Next();

    private void Next()
    {
        if (Interlocked.Increment(ref _seen) == _moment)
            _act?.Invoke();
    }
}
