using LogScalePaging.Common;
using LogScalePaging.Export.Verification;

namespace LogScalePaging;

/// <summary>The outcome of one check of a file.</summary>
public sealed class ExportFinding
{
    internal ExportFinding(VerificationFinding finding) =>
        (Check, Passed, File, Expected, Actual, Detail) = (finding.Check, finding.Passed, finding.File, finding.Expected, finding.Actual,
            finding.Detail is { } detail ? OptionNames.ForPowerShell(detail) : null);

    /// <summary>Name of the check; it does not change between versions.</summary>
    public string Check { get; }

    /// <summary>Whether it passed.</summary>
    public bool Passed { get; }

    /// <summary>Name of the file; null for a check of the whole output.</summary>
    public string? File { get; }

    /// <summary>The value in the manifest.</summary>
    public string? Expected { get; }

    /// <summary>The actual value.</summary>
    public string? Actual { get; }

    /// <summary>More information.</summary>
    public string? Detail { get; }

    /// <summary>The check in words.</summary>
    public override string ToString()
    {
        var values = Expected is null && Actual is null ? "" : $": expected {Expected ?? "nothing"}, found {Actual ?? "nothing"}";
        return $"{Check}{(Passed ? "" : " failed")}{values}{(Detail is null ? "" : $" ({Detail})")}";
    }
}
