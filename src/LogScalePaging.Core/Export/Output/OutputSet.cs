using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Output;

/// <summary>The files of an output while they are written under temporary names: one, or several if a file has a limit.</summary>
internal sealed class OutputSet : IDisposable
{
    private readonly ExportTarget _target;
    private readonly PartialFolder _folder;
    private readonly Func<string, OutputBuilder> _open;
    private readonly IRowFormatter _formatter;
    private readonly OutputNames _names;
    private readonly List<OutputFile> _files = [];
    private readonly List<string> _paths = [];
    private OutputBuilder _current;

    public OutputSet(
        ExportTarget target, PartialFolder folder, FileGuard guard, IRowFormatter formatter, Framing framing, RecordParser parser)
    {
        _target = target;
        _folder = folder;
        _formatter = formatter;
        _names = new OutputNames(target);
        _open = path => new OutputBuilder(path, guard, target.Compress, formatter, framing, parser);
        _current = Open();
    }

    /// <summary>The finished files.</summary>
    public IReadOnlyList<OutputFile> Files => _files;

    /// <summary>Their paths.</summary>
    public IReadOnlyList<string> Paths => _paths;

    public long Rows { get; private set; }

    public RecordMark? First { get; private set; }

    public RecordMark? Last { get; private set; }

    /// <summary>Writes lines of a part, each with its line end.</summary>
    public void Add(PartRecord part, ReadOnlySpan<byte> lines, int rows)
    {
        Rows += rows;
        if (_formatter is RawRow && _target.Format == ExportFormat.NdJson && !_target.Rotates)
        {
            _current.Writer.WriteBlock(lines, rows);
            _current.Extent.Add(part, lines);
            return;
        }
        var rest = lines;
        var inFile = 0;
        while (!rest.IsEmpty)
        {
            var before = lines.Length - rest.Length;
            var row = _formatter.Format(Lines.Next(ref rest));
            if (_target.Rotates && IsFull(row.Length))
            {
                _current.Extent.Add(part, lines.Slice(inFile, before - inFile));
                inFile = before;
                Close();
                _current = Open();
            }
            _current.Writer.WriteRow(row);
        }
        _current.Extent.Add(part, lines.Slice(inFile));
    }

    /// <summary>Ends the last file.</summary>
    public void Finish() => Close();

    public void Dispose() => _current.Dispose();

    private bool IsFull(int rowLength)
    {
        var writer = _current.Writer;
        return writer.Rows > 0 && (writer.Rows >= _target.MaxFileEvents || writer.SizeWith(rowLength) > _target.MaxFileSize);
    }

    private OutputBuilder Open() => _open(_folder.OutputPath(_files.Count + 1));

    private void Close()
    {
        _files.Add(_current.Finish(_names.Name(_files.Count + 1)));
        _paths.Add(_current.TemporaryPath);
        First ??= _current.Extent.First;
        Last = _current.Extent.Last ?? Last;
    }
}
