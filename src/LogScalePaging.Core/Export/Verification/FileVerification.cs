using System.IO.Compression;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Verification;

/// <summary>Checks one file of an output in one pass.</summary>
internal sealed class FileVerification(ExportManifest manifest, string folder, OutputFile file, string name, RowChecks rows,
    RowTaker? take = null, bool forCopy = false)
{
    private const long RowsPerReport = 10_000;
    private readonly List<VerificationFinding> _findings = [];
    private readonly RecordParser _parser = manifest.Counts.TimesAsText > 0
        ? new(manifest.Schema with { TimeField = null }) : new(manifest.Schema, manifest.TimestampFormat);
    private long? _newest;
    private long? _oldest;

    public IReadOnlyList<VerificationFinding> Run(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // The manifest is untrusted. It must not name files outside its folder.
        var path = Path.Combine(folder, Path.GetFileName(name));
        // Opening a named pipe would wait for its writer.
        var kind = Path.GetFileName(name) == name ? FileKinds.Behind(path) : FileKind.None;
        Add(new VerificationFinding("FileExists", kind == FileKind.File, file.Path, kind == FileKind.File ? name : FileKinds.Name(kind),
            Renamed()));
        if (kind != FileKind.File)
            return _findings;
        try
        {
            Read(path, progress, cancellationToken);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            Add(new VerificationFinding("FileReadable", false, "readable", "not readable", Printable.Line(e.Message)));
        }
        return _findings;
    }

    private void Read(string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var raw = DurableFile.Read(path);
        var hashing = new HashingReader(raw);
        using var source = Open(hashing);
        var (before, first) = (rows.Rows, rows.Rows + 1);
        string? firstId = null, lastId = null;
        try
        {
            while (source.Next(out var row))
            {
                rows.Add(row);
                Give(source);
                Include(row.Timestamp);
                if (rows.Rows == first)
                    firstId = row.Id;
                lastId = row.Id;
                if (rows.Rows % RowsPerReport == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(rows.Rows);
                }
            }
        }
        catch (InvalidDataException e)
        {
            source.Form.Add($"The compressed data cannot be read after row {rows.Rows - before}: {e.Message}");
        }
        var sha = hashing.Finish();
        Add(RowChecks.Compare("FileSize", file.Bytes, hashing.Position));
        Add(new VerificationFinding("Sha256", sha == file.Sha256, file.Sha256, sha));
        Add(RowChecks.Compare("Rows", file.Events, rows.Rows - before));
        Add(source.Form.Finding("RowFormat", $"every row is {(manifest.Format == "csv" ? "csv" : "one JSON object")}"));
        if (source.Header is { } header)
            Header(header);
        Extent(firstId, lastId, rows.Rows - before);
        progress?.Report(rows.Rows);
    }

    private IRowSource Open(Stream stream)
    {
        var text = manifest.Compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        return manifest.Format == "csv"
            ? new CsvRows(text, _parser, manifest.Bom, forCopy)
            : new JsonRows(text, array: manifest.Format == "json", _parser);
    }

    // A row that is not an object is a finding already.
    private void Give(IRowSource source)
    {
        if (take is null)
            return;
        try
        {
            take(_parser.Parse(source.Json));
        }
        catch (JsonException) when (source.Form.Count > 0)
        {
        }
    }

    private string? Renamed() =>
        name == file.Path ? null : $"The manifest calls this file '{Printable.Line(file.Path)}'. Its content is checked.";

    private void Header(IReadOnlyList<string> header)
    {
        var columns = manifest.Columns ?? manifest.Property ?? [];
        Add(new VerificationFinding("Header", header.SequenceEqual(columns),
            Printable.Line(string.Join(",", columns)), Printable.Line(string.Join(",", header))));
    }

    // The first and the last event of the file. If the rows are not ordered, the manifest has bounds only.
    private void Extent(string? firstId, string? lastId, long count)
    {
        var ids = (firstId is null || firstId == file.FirstId) && (lastId is null || lastId == file.LastId);
        var times = _newest is null || (manifest.Ordered
            ? _newest == file.Newest && _oldest == file.Oldest
            : _newest <= file.Newest && _oldest >= file.Oldest);
        Add(new VerificationFinding("Extent", (ids && times) || count == 0,
            Text(file.FirstId, file.LastId, file.Newest, file.Oldest), Text(firstId, lastId, _newest, _oldest)));
    }

    private static string Text(string? firstId, string? lastId, long? newest, long? oldest) =>
        Printable.Line(FormattableString.Invariant($"{firstId} ({newest}) to {lastId} ({oldest})"));

    private void Include(long? time)
    {
        if (time is null)
            return;
        _newest = _newest is null ? time : Math.Max(_newest.Value, time.Value);
        _oldest = _oldest is null ? time : Math.Min(_oldest.Value, time.Value);
    }

    private void Add(VerificationFinding finding) => _findings.Add(finding with { File = name });
}
