using LogScalePaging.Export.Target;
using LogScalePaging.Export.Timestamps;

namespace LogScalePaging.Export.Verification;

/// <summary>What a verification says about the timestamp of a manifest.</summary>
internal static class TimestampFinding
{
    private const string Check = "Timestamp";
    private const string Expected = "a timestamp of this manifest";

    /// <summary>The finding; null if there is no timestamp and none is required.</summary>
    /// <exception cref="ArgumentException">The file with the trusted certificates cannot be used.</exception>
    public static VerificationFinding? Of(string manifestPath, TimestampDemand? demand)
    {
        var path = manifestPath + ExportTarget.TimestampEnding;
        if (TimestampCheck.Read(path, manifestPath, demand) is not { } reading)
            return demand is { IsRequired: true } ? new(Check, false, Expected, "missing", "The manifest has no timestamp.") : null;
        var actual = reading.Time is { } time
            ? TimestampCheck.Text(time) + (reading.Authority is { } authority ? $" by {authority}" : "")
            : null;
        var detail = reading.Problem ?? (reading.Time is null ? "It was not checked, because Windows PowerShell cannot read it."
            : demand is { IsRequired: true } or { TrustPath: not null } ? null : "The certificate of the authority was not checked.");
        return new(Check, reading.Problem is null, Expected, actual, detail) { File = Path.GetFileName(path) };
    }
}
