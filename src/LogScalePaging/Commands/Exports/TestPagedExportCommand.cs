using System.Management.Automation;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Export.Verification;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Test-PagedExport</c>: checks exported files against their manifest, for any system.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PagedExport", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Test-PagedExport.md")]
[Alias("Test-QueryJobExport")]
[OutputType(typeof(ExportVerification), typeof(bool))]
public sealed class TestPagedExportCommand : ConnectedCommandBase
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly ExportPaths _paths;

    /// <summary>Creates the command.</summary>
    public TestPagedExportCommand() => _paths = new ExportPaths(this);

    /// <summary>The file, one of its files, or its manifest; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "ManifestPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExportPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The same without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportPathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Emit only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Ask the server for the count again.</summary>
    [Parameter]
    public SwitchParameter Recount { get; set; }

    /// <summary>The manifest must have a timestamp whose certificate is trusted.</summary>
    [Parameter]
    public SwitchParameter RequireTimestamp { get; set; }

    /// <summary>PEM file with the certificates of the timestamp authorities to trust, instead of the system's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimestampTrust { get; set; }

    private protected override object? Target => _paths.Current;

    private protected override void OnProcess()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        _paths.ForEach(isLiteral ? LiteralPath : Path, isLiteral, Check, SayNothingMatches, WriteFailure);
    }

    private void SayNothingMatches(string path)
    {
        WriteWarning($"No export matches '{path}', so nothing was checked.");
        // No output at all would read as "nothing is wrong".
        if (Quiet)
            WriteObject(false);
    }

    private void Check(string path)
    {
        var activity = $"Check {System.IO.Path.GetFileName(path)}";
        var progress = new ReportedProgress<long>(
            events => Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{events:N0} records"), null)));
        var found = Recount
            ? Run(token => ExportRecount.VerifyAsync(path, Demand(), Counting, Signals, progress, token))
            : Run(token => Task.Run(() => ExportVerifier.Verify(path, Demand(), progress, token), token));
        Voice.Finish();
        if (found.Unreadable is { } unreadable && !Quiet)
            WriteFailure(unreadable, path);
        if (found.Note is { } note)
            WriteVerbose(note);
        WriteObject(Quiet ? found.IsValid : new ExportVerification(path, found));

        SearchConnection Counting(ExportManifest manifest)
        {
            Voice.Note(ProgressText.Of(activity, ProgressText.Counting, null));
            return Searched(manifest.System);
        }
    }

    private TimestampDemand Demand() => new()
    {
        IsRequired = RequireTimestamp,
        TrustPath = TimestampTrust is null ? null : FilePath.Resolve(this, TimestampTrust),
    };

    private SearchConnection Searched(string name)
    {
        var system = Systems.Current(name);
        return Connected(system).Search(system)!;
    }
}
