using System.Management.Automation;
using System.Security;

namespace LogScalePaging;

/// <summary>
/// Accepts a secret as a SecureString or, if that makes sense, as the password of a PSCredential. Plain text is refused with a message
/// that does not repeat it. PowerShell's own message would show it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Environment variable that can be used instead.</summary>
    public string Variable { get; set; } = "LOGSCALE_TOKEN";

    /// <summary>Whether the password of a PSCredential is accepted.</summary>
    public bool TakesCredential { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Transform(engineIntrinsics, wrapped.BaseObject),
        PSCredential credential when TakesCredential => credential.Password,
        null or SecureString => inputData,
        string => throw new ArgumentTransformationMetadataException(
            "A secret in plain text would stay in the history. Use a SecureString (Read-Host -AsSecureString, or "
                + $"Get-Secret){(TakesCredential ? ", a PSCredential" : "")}, or set the environment variable {Variable}."),
        // With this inner exception, the pipeline tries another parameter for the object.
        _ => throw new ArgumentTransformationMetadataException(
            "A SecureString is required.", new PSInvalidCastException("not a SecureString")),
    };
}
