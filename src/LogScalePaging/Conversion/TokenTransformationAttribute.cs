using System.Management.Automation;

namespace LogScalePaging;

/// <summary>
/// Takes a token as a SecureString or as the password of a PSCredential. Plain text is refused here, in words that do not repeat it:
/// PowerShell's own message would.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Transform(engineIntrinsics, wrapped.BaseObject),
        PSCredential credential => credential.Password,
        null or System.Security.SecureString => inputData,
        _ => throw new ArgumentTransformationMetadataException(
            "A token as plain text would stay in the history. Give a SecureString (Read-Host -AsSecureString, or Get-Secret), a PSCredential, or set the environment variable LOGSCALE_TOKEN."),
    };
}
