using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Parts;

/// <summary>
/// A part while it is written, under a temporary name. For use on one thread. End it with <see cref="ExportStore.CommitPart"/> or <see
/// cref="ExportStore.DiscardPart"/>. An open part is deleted when its store is disposed.
/// </summary>
public sealed class PartWriter
{
    private readonly HashingFile _file;
    private readonly HashKind _kind;
    private readonly Utf8Check _text;
    private readonly bool _oldestFirst;
    private bool _ordered = true;

    internal PartWriter(string lane, string name, HashingFile file, HashKind kind, Utf8Check text, RecordOrder order)
    {
        Lane = lane;
        Name = name;
        (_file, _kind, _text, _oldestFirst) = (file, kind, text, order == RecordOrder.OldestFirst);
    }

    /// <summary>Name of the lane that it belongs to.</summary>
    public string Lane { get; }

    /// <summary>Events appended.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes appended.</summary>
    public long Bytes => _file.Length;

    /// <summary>The newest time so far, as <see cref="Record.Timestamp"/>.</summary>
    public long? Newest { get; private set; }

    /// <summary>The oldest time so far, as <see cref="Record.Timestamp"/>.</summary>
    public long? Oldest { get; private set; }

    internal string Name { get; }

    internal string TemporaryPath => _file.FilePath;

    /// <summary>Appends an event; the bytes are copied.</summary>
    /// <exception cref="ExportException">The disk is full or fails.</exception>
    [MethodImpl(HotPath.Method)]
    public void Append(in Record e)
    {
        AppendLine(e.Utf8.Span);
        Count(e.Timestamp);
    }

    /// <summary>Appends events in their order. The bytes are copied. Events that are adjacent lines are copied at once.</summary>
    /// <exception cref="ExportException">The disk is full or fails.</exception>
    [MethodImpl(HotPath.Method)]
    public void Append(IReadOnlyList<Record> events)
    {
        var lines = default(ArraySegment<byte>);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            Count(e.Timestamp);
            if (!MemoryMarshal.TryGetArray(e.Utf8, out var line))
                line = new ArraySegment<byte>(e.Utf8.ToArray());
            var end = lines.Offset + lines.Count;
            if (line.Array == lines.Array && line.Offset == end + 1 && line.Array![end] == (byte)'\n')
            {
                lines = new ArraySegment<byte>(line.Array, lines.Offset, lines.Count + 1 + line.Count);
                continue;
            }
            if (lines.Count > 0)
                AppendLine(lines);
            lines = line;
        }
        if (lines.Count > 0)
            AppendLine(lines);
    }

    [MethodImpl(HotPath.Method)]
    private void AppendLine(ReadOnlySpan<byte> line)
    {
        _file.Append(line);
        _file.Append("\n"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(long? timestamp)
    {
        Rows++;
        if (timestamp is not { } time)
            return;
        // If they are in order, the last record is the oldest so far, or the newest if the order is oldest first.
        _ordered &= _oldestFirst ? Newest is not { } before || time >= before : Oldest is not { } oldest || time <= oldest;
        if (Newest is not { } newest || time > newest)
            Newest = time;
        if (Oldest is not { } last || time < last)
            Oldest = time;
    }

    /// <summary>Flushes to the disk, closes, and returns the record of the part.</summary>
    internal PartRecord Finish(Checkpoint? next, long duplicates)
    {
        var hash = _file.Finish();
        return new PartRecord
        {
            File = Name,
            Rows = Rows,
            Bytes = Bytes,
            Sha256 = _kind == HashKind.Sha256 ? hash : null,
            XxHash128 = _kind == HashKind.XxHash128 ? hash : null,
            Newest = Newest,
            Oldest = Oldest,
            Ordered = _ordered,
            IsUtf8 = _text.IsValid,
            Duplicates = duplicates,
            Next = next,
        };
    }

    internal void Close() => _file.Dispose();
}
