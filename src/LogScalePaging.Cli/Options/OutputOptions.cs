using System.CommandLine;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for the output and its format.</summary>
internal sealed class OutputOptions
{
    /// <summary>The output that means standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Name of the option for fields.</summary>
    public const string FieldsName = "--fields";

    private const string DefaultName = "queryjob_results.json";
    private const string DefaultNameOfNgSiem = "ngsiem_queryjob_results.json";

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "PATH",
        Description =
            $"The output file; - for standard output. "
                + $"Placeholders: {string.Join(", ", OutputPath.Known.Select(n => $"{{{n}}}"))}. [default: {DefaultName}, {DefaultNameOfNgSiem} for NG-SIEM]",
    };
    private readonly Option<string?> _format = new("--format")
    {
        HelpName = "NAME",
        Description =
            "json, ndjson, csv or timesketch (JSON lines for its import). Default by the extension of the file: .json, .ndjson, .jsonl, .csv, each also with .gz; "
            + "ndjson for standard output, json for any other extension.",
    };
    private readonly Option<bool> _bom = new(
        "--bom")
    { Description = "Begin a csv with a byte order mark, so that Excel reads it as UTF-8." };
    private readonly Option<string?> _timestampFormat = new("--timestamp-format")
    {
        HelpName = "NAME",
        Description = "How the times of events are written: assent (as the server sent them, the default) or iso (ISO 8601 in UTC).",
    };
    private readonly Option<string[]?> _fields = new(FieldsName)
    {
        HelpName = "NAMES",
        Description = "Fields to keep, in this order: a,b,c. * and ? are wildcards.",
        CustomParser = ArgumentValues.Names,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string[]?> _excludeFields = new("--exclude-fields")
    {
        HelpName = "NAMES",
        Description = "Fields to leave out: a,b,c. * and ? are wildcards.",
        CustomParser = ArgumentValues.Names,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _gzip = new("--gzip") { Description = "Compress with gzip. The extension .gz does the same." };
    private readonly Option<long?> _maxFileSize = new("--max-file-size")
    {
        HelpName = "SIZE",
        Description = "Start a new file before the current one exceeds this size (uncompressed): 100MB, 1GiB, or bytes. The files are "
            + "named events-00001.json and so on.",
        CustomParser = ArgumentValues.Size(ExportTarget.SmallestFileLimit),
    };
    private readonly Option<long> _maxFileEvents = new("--max-file-events")
    {
        HelpName = "N",
        Description = "Start a new file after this many records.",
        CustomParser = ArgumentValues.Number(1, long.MaxValue),
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Resume an earlier run of this export that broke off. Start a new one if there is none.",
    };

    private readonly Option<bool> _noOperator = new(
        "--no-operator")
    { Description = "Leave the account and the machine out of the manifest." };
    private readonly TimestampOptions _timestamp = new();

    private readonly Option<TimeSpan?> _stopAfter = new("--stop-after")
    {
        HelpName = "TIME",
        Description = "End the run cleanly after this time, for example 2h45m or 2:45:00. What was read is saved, the exit code is 3, "
            + "and a run with --resume goes on.",
        CustomParser = ArgumentValues.StopAfter,
    };

    private readonly Option<bool> _force = new("--force", "-f")
    {
        Description = "Replace an existing output, and discard a run that could be resumed.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _output, _format, _bom, _timestampFormat, _fields, _excludeFields, _gzip, _maxFileSize,
            _maxFileEvents, _resume, _stopAfter, _force, _noOperator })
            command.Add(option);
        _timestamp.AddTo(command);
    }

    /// <summary>Adds only the options for the form of the output, for a command that writes it later.</summary>
    public void AddFormTo(Command command)
    {
        foreach (var option in new Option[] { _format, _bom, _timestampFormat, _fields, _excludeFields, _gzip, _force, _noOperator })
            command.Add(option);
    }

    /// <summary>The form of an output that is written later.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">Path of the file that this command writes.</param>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public OutputRequest ReadForm(ParseResult parsed, string path)
    {
        var format = ExportFormat.NdJson;
        if (parsed.GetValue(_format) is { } name && !ExportFormats.TryParse(name, out format))
            throw NotAFormat(name);
        EnsureBomFits(parsed, format);
        return new OutputRequest(path, format, parsed.GetValue(_gzip), Named(parsed, _fields), Resume: false, parsed.GetValue(_force))
        {
            ExcludeFields = Named(parsed, _excludeFields),
            Bom = parsed.GetValue(_bom),
            TimestampFormat = Times(parsed.GetValue(_timestampFormat)),
            NoOperator = parsed.GetValue(_noOperator),
        };
    }

    /// <exception cref="UsageException">The options contradict each other.</exception>
    public OutputRequest Read(ParseResult parsed, bool isNgSiem) =>
        // The default file names of the two published scripts.
        Read(parsed, isNgSiem ? DefaultNameOfNgSiem : DefaultName);

    /// <param name="parsed">The command line.</param>
    /// <param name="defaultName">Name of the output if none is given.</param>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public OutputRequest Read(ParseResult parsed, string defaultName)
    {
        var path = parsed.GetValue(_output) ?? defaultName;
        var toStandardOutput = path == StandardOutput;
        if (string.IsNullOrWhiteSpace(path))
            throw new UsageException("--output: the path is empty.");
        var template = toStandardOutput ? null : Template(path);
        if (template is { IsFixed: true })
            (path, template) = (template.Fill(static _ => null), null);
        var compressed = false;
        if (toStandardOutput || !ExportFormats.TryFromPath(path, out var format, out compressed))
            format = toStandardOutput ? ExportFormat.NdJson : ExportFormat.Json;
        if (parsed.GetValue(_format) is { } name && !ExportFormats.TryParse(name, out format))
            throw NotAFormat(name);
        EnsureBomFits(parsed, format);
        var (fields, excluded) = (Named(parsed, _fields), Named(parsed, _excludeFields));
        var resume = parsed.GetValue(_resume);
        if (toStandardOutput && resume)
            throw new UsageException("--resume: an export to standard output cannot be resumed. Export to a file.");
        if (toStandardOutput && format == ExportFormat.Csv && FieldFilter.Of(fields, excluded) is not { IsOpen: false })
            throw new UsageException("--format csv: the columns are known only after all records were received. Name them with --fields, "
                + "without wildcards, to write csv to standard output, or export to a file.");
        var (mostBytes, mostEvents) = (parsed.GetValue(_maxFileSize),
            parsed.GetResult(_maxFileEvents) is null ? null : (long?)parsed.GetValue(_maxFileEvents));
        if (toStandardOutput && (mostBytes ?? mostEvents) is not null)
            throw new UsageException("--max-file-size, --max-file-events: not possible for standard output. Export to a file.");
        var timestampServer = _timestamp.Read(parsed);
        if (toStandardOutput && timestampServer is not null)
            throw new UsageException("--timestamp-server: an export to standard output has no manifest. Export to a file.");
        if (toStandardOutput && parsed.GetValue(_stopAfter) is not null)
            throw new UsageException("--stop-after: not possible for standard output, because it cannot be resumed. Export to a file.");
        return new OutputRequest(path, format, compressed || parsed.GetValue(_gzip), fields, resume, parsed.GetValue(_force))
        {
            Template = template,
            ExcludeFields = excluded,
            Bom = parsed.GetValue(_bom),
            TimestampFormat = Times(parsed.GetValue(_timestampFormat)),
            MaxFileSize = mostBytes,
            MaxFileEvents = mostEvents,
            NoOperator = parsed.GetValue(_noOperator),
            TimestampServer = timestampServer,
            StopAfter = parsed.GetValue(_stopAfter),
        };
    }

    private static UsageException NotAFormat(string name) =>
        new($"--format: '{Printable.Line(name)}' is not json, ndjson, csv or timesketch.");

    private void EnsureBomFits(ParseResult parsed, ExportFormat format)
    {
        if (parsed.GetValue(_bom) && format != ExportFormat.Csv)
            throw new UsageException($"--bom: only for csv, and the format is {ExportFormats.Name(format)}.");
    }

    private static string[]? Named(ParseResult parsed, Option<string[]?> option) =>
        parsed.GetValue(option) is { Length: > 0 } names ? names : null;

    private static PathTemplate Template(string path)
    {
        try
        {
            return PathTemplate.Parse(path, OutputPath.Known);
        }
        catch (ExportException e)
        {
            throw new UsageException($"--output: {e.Message}", e);
        }
    }

    private static TimestampFormat Times(string? name) => name?.ToUpperInvariant() switch
    {
        null or "ASSENT" => TimestampFormat.AsSent,
        "ISO" => TimestampFormat.Iso,
        _ => throw new UsageException($"--timestamp-format: '{Printable.Line(name)}' is not assent or iso."),
    };
}
