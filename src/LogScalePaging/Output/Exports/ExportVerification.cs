using LogScalePaging.Export.Verification;

namespace LogScalePaging;

/// <summary>The result of checking a file against its manifest: the output of <c>Test-PagedExport</c>.</summary>
public sealed class ExportVerification
{
    internal ExportVerification(string path, VerificationResult result)
    {
        Path = path;
        IsValid = result.IsValid;
        Note = result.Note;
        State = result.Manifest?.State;
        Events = result.Manifest?.Counts.Written;
        Findings = (ExportFinding[])[.. result.Findings.Select(f => new ExportFinding(f))];
    }

    /// <summary>The checked path.</summary>
    public string Path { get; }

    /// <summary>True when every check passed.</summary>
    public bool IsValid { get; }

    /// <summary>A note that the file was renamed and its content was checked; null if it was not renamed.</summary>
    public string? Note { get; }

    /// <summary>The state in the manifest: <c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>; null without a manifest.</summary>
    public string? State { get; }

    /// <summary>Events in the files, by the manifest.</summary>
    public long? Events { get; }

    /// <summary>How many checks were made.</summary>
    public int Checks => Findings.Count;

    /// <summary>The checks that did not pass.</summary>
    public IReadOnlyList<ExportFinding> Failed => (ExportFinding[])[.. Findings.Where(f => !f.Passed)];

    /// <summary>All checks.</summary>
    public IReadOnlyList<ExportFinding> Findings { get; }

    /// <summary>The outcome in words.</summary>
    public override string ToString() =>
        IsValid ? $"valid ({State}){(Note is null ? null : " " + Note)}" : $"not valid: {string.Join("; ", Failed)}";
}
