using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.Export.Verification;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Test-PagedExport</c>: checks exported files of any system against their manifest.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PagedExport", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Test-PagedExport.md")]
[Alias("Test-QueryJobExport")]
[OutputType(typeof(ExportVerification), typeof(bool))]
public sealed class TestPagedExportCommand : ConnectedCommandBase
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // Several paths from the pipeline may be one export: its files, and its manifest.
    private readonly SeenExports _checked = new();
    private string? _path;

    /// <summary>The file, one of its files, or its manifest; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "ManifestPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as it is written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Emit only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Ask the server for the count again.</summary>
    [Parameter]
    public SwitchParameter Recount { get; set; }

    private protected override object? Target => _path;

    private protected override void OnProcess()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        foreach (var path in isLiteral ? LiteralPath : Path)
        {
            _path = path;
            try
            {
                foreach (var export in isLiteral ? [FilePath.Resolve(this, path)] : Expand(path))
                {
                    if (_checked.Add(export))
                        Check(export);
                }
            }
            catch (Exception e)
            {
                WriteFailure(e, path);
            }
        }
    }

    private IReadOnlyList<string> Expand(string path)
    {
        var found = FilePath.Expand(this, path, out var isPattern);
        if (!isPattern)
            return found;
        var exports = ExportFinder.Among(found, path);
        if (exports.Count > 0)
            return exports;
        // Invoke-QueryJobExport takes its path as it is written, brackets too.
        var literal = FilePath.Resolve(this, path);
        if (File.Exists(literal) || File.Exists(ExportFinder.ManifestOf(literal)))
            return [literal];
        WriteWarning($"No export matches '{path}', so nothing was checked.");
        // No output at all would read as "nothing is wrong".
        if (Quiet)
            WriteObject(false);
        return [];
    }

    private void Check(string path)
    {
        var activity = $"Check {System.IO.Path.GetFileName(path)}";
        var progress = new Told(events => Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{events:N0} events"), null)));
        var found = Recount
            ? Run(token => ExportRecount.VerifyAsync(path, manifest => Searched(manifest.System), Signals, progress, token))
            : Run(token => Task.Run(() => ExportVerifier.Verify(path, progress, token), token));
        Voice.Finish();
        if (found.Unreadable is { } unreadable && !Quiet)
            WriteFailure(unreadable, path);
        if (found.Note is { } note)
            WriteVerbose(note);
        WriteObject(Quiet ? found.IsValid : new ExportVerification(path, found));
    }

    private SearchConnection Searched(string name)
    {
        var system = Systems.Current(name);
        return Connected(system).Search(system)!;
    }

    // Progress<T> would call back on another thread after the fact.
    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
