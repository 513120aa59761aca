using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Events;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Verification;
using LogScalePaging.Records;

namespace LogScalePaging.Commands;

/// <summary><c>Import-PagedExport</c>: emits the records of an export of any format and system, and verifies it on the way.</summary>
[Cmdlet(VerbsData.Import, "PagedExport", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Import-PagedExport.md")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType, EventBuilder.RecordType)]
[OutputType(RecordTypes.AxiomEvent, RecordTypes.FalconRecord, RecordTypes.TaniumRecord, FieldCompletion.TypeName)]
public sealed class ImportPagedExportCommand : LogScaleCommandBase
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly ExportPaths _paths;
    private AddedProperties? _added;

    /// <summary>Creates the command.</summary>
    public ImportPagedExportCommand() => _paths = new ExportPaths(this);

    /// <summary>The file, one of its files, or its manifest; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "ManifestPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExportPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as it is written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportPathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Fields to keep, in this order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Properties to add to each record, to tell the records of several exports apart.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SourceProperty[]? SourceProperty { get; set; }

    private protected override object? Target => _paths.Current;

    private protected override bool GoesOnAfterFailure => true;

    private protected override void OnProcess()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        _paths.ForEach(isLiteral ? LiteralPath : Path, isLiteral, Import,
            pattern => WriteWarning($"No export matches '{pattern}', so nothing was read."), WriteFailure);
    }

    private void Import(string path)
    {
        _added = null;
        var activity = $"Read {System.IO.Path.GetFileName(path)}";
        var progress = new ReportedProgress<long>(
            rows => Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{rows:N0} records"), null)));
        var found = ExportVerifier.Read(path, progress, Open, Cancellation);
        Voice.Finish();
        FieldCompletion.Offer(Session.Fields);
        _added?.Report(Signals);
        if (found.Unreadable is { } unreadable)
            throw unreadable;
        if (found.Note is { } note)
            WriteVerbose(note);
        if (!found.IsValid)
            Fail(ErrorRecords.InvalidExport(path, found), terminates: false);
    }

    private RowTaker Open(ExportManifest manifest)
    {
        var schema = manifest.Schema;
        var builder = new EventBuilder(schema, Property, Session.Fields, ConnectableSystem.TypeNameIn(manifest.System, schema));
        WriteVerbose(FormattableString.Invariant(
            $"{manifest.Counts.Written:N0} {schema.Nouns} of {Printable.Line(manifest.Host)}, {manifest.State}: {Printable.Line(manifest.Query)}"));
        var added = SourceProperty is null
            ? null
            : new AddedProperties(SourceProperty, property => Source(property, manifest), anchor: null);
        _added = added;
        return (in Record row) =>
        {
            var made = builder.Build(in row);
            WriteObject(added is null ? made : added.AddTo(made, in row));
        };
    }

    private static string? Source(SourceProperty property, ExportManifest manifest) => property switch
    {
        LogScalePaging.SourceProperty.Query => manifest.Query,
        LogScalePaging.SourceProperty.Repository => manifest.Repository,
        LogScalePaging.SourceProperty.Tenant => manifest.Tenant,
        _ => null,
    };
}
