using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Json;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Parts;

/// <summary>
/// Reads the lines of all parts in the order of the output, up to a limit, and checks that each part equals its record.
/// </summary>
internal sealed class PartSequence(
    ExportState state, PartialFolder folder, FileGuard guard, CancellationToken cancellationToken, RowTest? known = null) : IDisposable
{
    private readonly RowDrop? _drop = known is null ? null : new RowDrop(known, new RecordParser(state.Schema));
    private readonly Queue<(PartRecord Part, long Rows)> _parts = new(WithinLimit(state));
    private long _left;
    private bool _isCut;
    private LineReader? _reader;
    private PartRecord? _part;
    private readonly bool _oldestFirst = state.Schema.Order == RecordOrder.OldestFirst;
    private long? _last;
    private long _rows;
    private RowBuffer? _mended;

    /// <summary>Events so far with bytes that are not valid UTF-8. Their lines are returned with U+FFFD instead of those bytes.</summary>
    public long InvalidUtf8 { get; private set; }

    /// <summary>Rows left out so far, because an earlier output has them.</summary>
    public long Known => _drop?.Dropped ?? 0;

    /// <summary>False after a record that should be before an earlier one.</summary>
    public bool Ordered { get; private set; } = true;

    /// <summary>
    /// The parts of the output in its order, each with the number of its rows that are within the limit. The output is cut here, and
    /// nowhere else: windows are saved whole, because the first windows of the output may arrive last.
    /// </summary>
    public static IEnumerable<(PartRecord Part, long Rows)> WithinLimit(ExportState state)
    {
        var limit = new RecordLimit(state.MaxEvents);
        var taken = 0L;
        foreach (var part in InOrder(state))
        {
            if (limit.IsReached(taken))
                yield break;
            var rows = Math.Min(part.Rows, limit.Left(taken));
            yield return (part, rows);
            taken += rows;
        }
    }

    /// <summary>The next complete lines, valid until the next call.</summary>
    /// <returns>False at the end, or at the limit.</returns>
    public bool Next(out PartRecord part, out ReadOnlySpan<byte> lines, out int rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_part is not null ? _left > 0 || !_isCut : Open())
        {
            part = _part!;
            lines = Read(part);
            rows = Lines.Count(lines);
            _rows += rows;
            if (rows > _left)
            {
                lines = Lines.Take(lines, _left);
                rows = (int)_left;
            }
            _left -= rows;
            var isEnd = rows == 0;
            if (_drop is not null && !isEnd)
                lines = _drop.Keep(lines, ref part, ref rows);
            if (part.IsUtf8 != true && !Utf8Text.IsValid(lines))
                lines = Mend(lines);
            if (rows > 0)
                return true;
            if (isEnd)
                Close(part);
        }
        (part, rows) = (null!, 0);
        lines = default;
        return false;
    }

    public void Dispose() => _reader?.Dispose();

    public static ExportException Damaged(PartialFolder folder, PartRecord part, Exception? inner = null) => new(
        ExportErrorKind.Damaged,
        folder.In(part.File),
        $"The part '{folder.In(part.File)}' was changed. Use -Resume (--resume) to fetch it and the later parts again.",
        inner);

    // The parts that are not empty. Equal windows, and walks without a range, are sorted by name.
    private static IEnumerable<PartRecord> InOrder(ExportState state) => Windows(state)
        .ThenBy(l => l.Name, StringComparer.Ordinal)
        .SelectMany(l => l.Parts)
        .Where(p => p.Rows > 0);

    private static IOrderedEnumerable<LaneState> Windows(ExportState state) => state.Schema.Order == RecordOrder.OldestFirst
        ? state.Lanes.OrderBy(l => l.RangeStart ?? long.MinValue)
        : state.Lanes.OrderByDescending(l => l.RangeEnd ?? long.MaxValue);

    private ReadOnlySpan<byte> Mend(ReadOnlySpan<byte> lines)
    {
        _mended ??= new RowBuffer();
        _mended.Clear();
        while (!lines.IsEmpty)
        {
            var line = Lines.Next(ref lines);
            if (!Utf8Text.IsValid(line))
                InvalidUtf8++;
            _mended.Add(Utf8Text.Mended(line));
            _mended.Add((byte)'\n');
        }
        return _mended.Written;
    }

    private bool Open()
    {
        if (_parts.Count == 0)
            return false;
        var (part, within) = _parts.Dequeue();
        (_left, _isCut) = (within, within < part.Rows);
        var (first, last) = _oldestFirst ? (part.Oldest, part.Newest) : (part.Newest, part.Oldest);
        Ordered &= part.Ordered && !(_oldestFirst ? first < _last : first > _last);
        _last = last ?? _last;
        _rows = 0;
        try
        {
            _reader = new LineReader(DurableFile.Read(folder.In(part.File)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Damaged(folder, part, e);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.In(part.File));
        }
        _part = part;
        return true;
    }

    private ReadOnlySpan<byte> Read(PartRecord part)
    {
        try
        {
            return _reader!.Next();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw Damaged(folder, part, e);
        }
    }

    private void Close(PartRecord part)
    {
        if (_reader!.Bytes != part.Bytes || _rows != part.Rows)
            throw Damaged(folder, part);
        _reader.Dispose();
        (_reader, _part) = (null, null);
    }
}
