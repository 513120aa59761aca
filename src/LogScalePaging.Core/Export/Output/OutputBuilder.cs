using System.IO.Compression;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Output;

/// <summary>One file of the output while it is written under a temporary name.</summary>
internal sealed class OutputBuilder : IDisposable
{
    private readonly HashingFile _file;
    private readonly GZipStream? _gzip;
    private readonly Extent _extent;

    public OutputBuilder(
        string temporaryPath, FileGuard guard, bool compress, IRowFormatter formatter, Framing framing, RecordParser parser)
    {
        _extent = new Extent(parser);
        _file = new HashingFile(temporaryPath, guard, behind: true);
        // The fastest level, because a file must be complete before it appears. The last percent of size is not worth the time.
        _gzip = compress ? new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true) : null;
        Writer = new FramedWriter(new BlockBuffer(_gzip ?? (Stream)_file), formatter, framing, signals: null);
    }

    public FramedWriter Writer { get; }

    public Extent Extent => _extent;

    public string TemporaryPath => _file.FilePath;

    public OutputFile Finish(string name)
    {
        Writer.Finish();
        if (_gzip is not null)
            Gzip.Finish(_gzip, _file);
        var sha = _file.Finish();
        Writer.Dispose();
        return _extent.Describe(name, _file.Length, sha, Writer.Rows);
    }

    public void Dispose()
    {
        _file.Dispose();
        Writer.Dispose();
    }
}
