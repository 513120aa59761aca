using System.Management.Automation;

namespace LogScalePaging;

/// <summary>
/// Explains why the copy of a connection that <c>Start-Job</c>, <c>Invoke-Command</c> or <c>Import-Clixml</c> makes is not a connection.
/// PowerShell's own message names two types and no way out. It stays a failed conversion, so that a piped copy of a job, which holds a copy
/// of its connection, is still bound by its id.
/// </summary>
internal sealed class ConnectionConverter : PSTypeConverter
{
    private const string Copied = "Deserialized.LogScalePaging.";
    private const string Suffix = "Connection";

    /// <summary>Why a value is not a connection; null if it is not a copy of one.</summary>
    public static string? Explain(object value) => Server(value) is { } server
        ? "This is a copy of a connection, from another process or a file, and it has no token. Connect inside the job with "
            + $"Connect-{server}, or set the environment variables {server.ToUpperInvariant()}_*."
        : null;

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => Server(sourceValue) is not null;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException(Explain(sourceValue));

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A connection is not a {destinationType.Name}.");

    // The part of the type's name that Connect-… has too; null for all else.
    private static string? Server(object value) =>
        PSObject.AsPSObject(value).TypeNames.FirstOrDefault(
            t => t.StartsWith(Copied, StringComparison.Ordinal) && t.EndsWith(Suffix, StringComparison.Ordinal))
            is { } type ? type.Substring(Copied.Length, type.Length - Copied.Length - Suffix.Length) : null;
}
