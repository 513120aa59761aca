using System.Management.Automation;
using LogScalePaging.Export;

namespace LogScalePaging.Commands;

/// <summary><c>Test-QueryJobExport</c>: checks exported files against their manifest.</summary>
[Cmdlet(VerbsDiagnostic.Test, "QueryJobExport")]
[OutputType(typeof(ExportVerification), typeof(bool))]
public sealed class TestQueryJobExportCommand : ConnectedCommandBase
{
    /// <summary>The file, one of its files, or its manifest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "PSPath", "LiteralPath", "ManifestPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Emit only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Ask the server for the count again.</summary>
    [Parameter]
    public SwitchParameter Recount { get; set; }

    private protected override object? Target => Path;

    private protected override void OnProcess()
    {
        var path = FilePath.Resolve(this, Path);
        try
        {
            var activity = $"Check {System.IO.Path.GetFileName(path)}";
            var progress = new Told(events => Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{events:N0} events"), null)));
            var found = Recount
                ? Run(token => ExportRecount.VerifyAsync(path, _ => Connected().Engine, Signals, progress, token))
                : Run(token => Task.Run(() => ExportVerifier.Verify(path, progress, token), token));
            Voice.Finish();
            WriteObject(Quiet ? found.IsValid : new ExportVerification(path, found));
        }
        catch (Exception e)
        {
            WriteFailure(e, path);
        }
    }

    // Progress<T> would call back on another thread after the fact.
    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
