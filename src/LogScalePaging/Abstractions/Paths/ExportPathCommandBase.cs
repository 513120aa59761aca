using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export.Reports;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that reads exports by their paths, one after the other. The failure of one does not end the others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ExportPathCommandBase : LogScaleCommandBase
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private readonly ExportPaths _paths;

    /// <summary>Creates the command.</summary>
    protected ExportPathCommandBase() => _paths = new ExportPaths(this);

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

    private protected override object? Target => _paths.Current;

    private protected override bool GoesOnAfterFailure => true;

    private protected abstract void Process(string path);

    private protected sealed override void OnProcess()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        _paths.ForEach(isLiteral ? LiteralPath : Path, isLiteral, Process,
            pattern => WriteWarning($"No export matches '{pattern}', so nothing was read."), WriteFailure);
    }

    /// <summary>Reads an export and shows the progress.</summary>
    private protected ExportSurvey Survey(string path, int bars)
    {
        var activity = $"Read {System.IO.Path.GetFileName(path)}";
        var progress = new ReportedProgress<long>(
            rows => Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{rows:N0} rows"), null)));
        var survey = Run(token => Task.Run(() => ExportSurvey.Read(path, bars, progress, token), token));
        Voice.Finish();
        return survey;
    }
}
