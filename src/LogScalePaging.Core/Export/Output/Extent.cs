using System.Text.Json;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Output;

/// <summary>The first and the last record of an output file.</summary>
internal sealed class Extent(RecordParser parser)
{
    private readonly bool _oldestFirst = parser.Schema.Order == RecordOrder.OldestFirst;
    private long? _newest;
    private long? _oldest;

    public RecordMark? First { get; private set; }

    public RecordMark? Last { get; private set; }

    /// <summary>Adds lines of a part, each with its line end. If the part is in order, only the first and last line are read.</summary>
    public void Add(PartRecord part, ReadOnlySpan<byte> lines)
    {
        if (!lines.IsEmpty)
            Add(part, Lines.First(lines), Lines.Last(lines));
    }

    /// <summary>The same if only the first and the last line are available, without their line ends.</summary>
    public void Add(PartRecord part, ReadOnlySpan<byte> firstLine, ReadOnlySpan<byte> lastLine)
    {
        var first = Mark(firstLine);
        Last = Mark(lastLine);
        First ??= first;
        var (start, end) = _oldestFirst ? (part.Oldest, part.Newest) : (part.Newest, part.Oldest);
        Include(part.Ordered ? first.Timestamp ?? start : start);
        Include(part.Ordered ? Last.Timestamp ?? end : end);
    }

    public OutputFile Describe(string name, long bytes, string sha256, long events) => new()
    {
        Path = name,
        Bytes = bytes,
        Sha256 = sha256,
        Events = events,
        Newest = _newest,
        Oldest = _oldest,
        FirstId = First?.Id,
        LastId = Last?.Id,
    };

    private void Include(long? time)
    {
        if (time is null)
            return;
        if (_newest is null || time > _newest)
            _newest = time;
        if (_oldest is null || time < _oldest)
            _oldest = time;
    }

    private RecordMark Mark(ReadOnlySpan<byte> line)
    {
        try
        {
            var record = parser.Parse(line.ToArray());
            return new RecordMark(record.Id, record.Timestamp);
        }
        catch (JsonException)
        {
            return new RecordMark(null, null);
        }
    }
}
