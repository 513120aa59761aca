using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Parts;

/// <summary>Leaves out rows that an earlier output has.</summary>
/// <param name="isKnown">The test.</param>
/// <param name="parser">Reads the times of the other rows.</param>
internal sealed class RowDrop(RowTest isKnown, RecordParser parser)
{
    private readonly RowBuffer _kept = new();

    /// <summary>Rows left out so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>The other rows, valid until the next call.</summary>
    /// <param name="lines">The rows, each with its line end.</param>
    /// <param name="part">Their part. Its times are replaced by those of the remaining rows.</param>
    /// <param name="rows">Their number. It is replaced by that of the remaining rows.</param>
    public ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> lines, scoped ref PartRecord part, scoped ref int rows)
    {
        _kept.Clear();
        var (before, newest, oldest) = (rows, default(long?), default(long?));
        while (!lines.IsEmpty)
        {
            var line = Lines.Next(ref lines);
            if (isKnown(line))
            {
                rows--;
                continue;
            }
            if (parser.Scan(line).Timestamp is { } time)
                (newest, oldest) = (Math.Max(newest ?? time, time), Math.Min(oldest ?? time, time));
            _kept.Add(line);
            _kept.Add((byte)'\n');
        }
        Dropped += before - rows;
        part = part with { Newest = newest, Oldest = oldest };
        return _kept.Written;
    }
}
