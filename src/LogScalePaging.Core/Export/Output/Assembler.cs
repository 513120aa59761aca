using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Output;

/// <summary>Builds the output from the parts. The memory does not depend on its size. No file has its final name yet.</summary>
internal sealed class Assembler(ExportTarget target, ExportState state, PartialFolder folder, FileGuard guard)
{
    private readonly RecordParser _parser = new(state.Schema, target.HasWrittenTimes ? target.TimestampFormat : TimestampFormat.AsSent);

    public Assembly Run(SignalLog signals, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var columns = Columns(cancellationToken);
            var assembly = TryAdopt(columns) ?? Build(columns, signals, progress, cancellationToken);
            FormatWarnings.Columns(target.Format, columns, signals);
            progress?.Report(assembly.Finished.Events);
            return assembly;
        }
        catch
        {
            // Frees space for a checkpoint, if the disk is full.
            folder.DeleteOutputs();
            throw;
        }
    }

    // A csv needs all its columns before its first row, so a separate pass collects them. If they were collected while the parts are
    // written, they would depend on the sizes of parts, and on events beyond the limit.
    private IReadOnlyList<string>? Columns(CancellationToken cancellationToken)
    {
        var filter = target.Filter;
        if (filter is { IsOpen: false })
            return filter.Names;
        if (target.Format != ExportFormat.Csv)
            return null;
        var columns = new ColumnCollector();
        using var parts = new PartSequence(state, folder, guard, cancellationToken, target.Known?.Invoke());
        while (parts.Next(out _, out var lines, out _))
        {
            while (!lines.IsEmpty)
                columns.Add(Lines.Next(ref lines));
        }
        return columns.Columns(filter);
    }

    private Assembly Build(IReadOnlyList<string>? columns, SignalLog signals, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var filter = target.Filter;
        var times = target.HasWrittenTimes ? null : IsoTimes.For(state.Schema, target.TimestampFormat);
        var formatter = RowFormatters.For(target.Format, columns, filter, state.Schema, times);
        using var parts = new PartSequence(state, folder, guard, cancellationToken, target.Known?.Invoke());
        using var output = new OutputSet(target, folder, guard, formatter, Framing.Of(target.Format, columns, target.Bom), _parser);
        while (parts.Next(out var part, out var lines, out var rows))
        {
            output.Add(part, lines, rows);
            progress?.Report(output.Rows);
        }
        output.Finish();
        formatter.Report(signals);
        InvalidText.Report(parts.InvalidUtf8, signals, later: true);
        var empty = filter is not null && output.Rows > 0 && WithoutValue(filter, formatter, columns) is { Count: > 0 } fields
            ? fields
            : null;
        FormatWarnings.EmptyFields(empty, signals);
        var finished = new FinishedExport
        {
            Files = output.Files,
            Events = output.Rows,
            Columns = columns,
            Ordered = parts.Ordered,
            FormulaLikeCells = (formatter as CsvRow ?? (formatter as IsoTimeRow)?.Inner as CsvRow)?.FormulaLikeCells ?? 0,
            TimesKept = times?.Kept ?? 0,
            TimesAsText = times?.AsText ?? 0,
            InvalidUtf8 = parts.InvalidUtf8,
            Known = parts.Known,
            EmptyFields = empty,
            First = output.First,
            Last = output.Last,
        };
        return new Assembly(finished, output.Paths);
    }

    private static IReadOnlyList<string> WithoutValue(FieldFilter filter, IRowFormatter formatter, IReadOnlyList<string>? columns) =>
        filter.IsOpen && columns is not null ? filter.WithoutValue([.. columns.Except(formatter.EmptyColumns)]) : formatter.EmptyColumns;

    /// <summary>True if a part that has all events is the output, byte for byte.</summary>
    public static bool MayAdopt(ExportTarget target) =>
        target is { Format: ExportFormat.NdJson, Property: null, Filter: null, Rotates: false, Compress: false, Known: null }
        && (target.HasWrittenTimes || target.TimestampFormat == TimestampFormat.AsSent);

    // A single part of ndjson is already the output, byte for byte. Nothing needs to be copied.
    private Assembly? TryAdopt(IReadOnlyList<string>? columns)
    {
        if (!MayAdopt(target) || columns is not null)
            return null;
        var parts = PartSequence.WithinLimit(state).Take(2).ToArray();
        if (parts is not [{ Part: { IsUtf8: true } part, Rows: var rows }] || rows < part.Rows)
            return null;
        var path = folder.In(part.File);
        var extent = new Extent(_parser);
        try
        {
            if (new FileInfo(path).Length != part.Bytes)
                throw PartSequence.Damaged(folder, part);
            extent.Add(part, FileEnds.FirstLine(path), FileEnds.LastLine(path));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw PartSequence.Damaged(folder, part, e);
        }
        var finished = new FinishedExport
        {
            Files = [extent.Describe(new OutputNames(target).Name(1), part.Bytes, part.Sha256 ?? FileHash.Sha256(path), part.Rows)],
            Events = part.Rows,
            Ordered = part.Ordered,
            First = extent.First,
            Last = extent.Last,
        };
        return new Assembly(finished, [path]);
    }
}
