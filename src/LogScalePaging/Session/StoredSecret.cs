using System.Management.Automation;
using System.Security;
using LogScalePaging.Common;

namespace LogScalePaging;

/// <summary>A secret from a vault, read with the cmdlet of SecretManagement.</summary>
internal sealed class StoredSecret
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    private const string GetSecret = $$"""
        param($With)
        {{Module}}\Get-Secret @With -ErrorAction Stop
        """;

    private StoredSecret(string? userName, SecureString secret) => (UserName, Secret) = (userName, secret);

    /// <summary>User name of a credential; null for a secret without one.</summary>
    public string? UserName { get; }

    public SecureString Secret { get; }

    /// <summary>Reads the named secret; null if no name is given.</summary>
    /// <param name="cmdlet">The cmdlet that needs it.</param>
    /// <param name="name">Name of the secret.</param>
    /// <param name="vault">The vault of the secret; null for the default vault.</param>
    /// <param name="instead">The parameter for the secret itself, for the message.</param>
    /// <exception cref="SecretException">The secret could not be read. The message says what to do.</exception>
    /// <exception cref="ArgumentException">A vault is named without a secret.</exception>
    public static StoredSecret? Read(PSCmdlet cmdlet, string? name, string? vault, string instead)
    {
        if (name is null)
            return vault is null ? null : throw new ArgumentException("-Vault requires -SecretName.");
        if (cmdlet.InvokeCommand.GetCommand($"{Module}\\Get-Secret", CommandTypes.All) is null)
            throw new SecretException("SecretManagementMissing", $"-SecretName requires the module {Module}, which is not installed. Run "
                + $"Install-Module {Module}, or use {instead}.");
        var with = new Dictionary<string, object> { ["Name"] = name };
        if (vault is not null)
            with["Vault"] = vault;
        var where = $"The secret '{Printable.Line(name)}'{(vault is null ? "" : $" of the vault '{Printable.Line(vault)}'")}";
        object? found;
        try
        {
            found = cmdlet.InvokeCommand.InvokeScript(GetSecret, true, System.Management.Automation.Runspaces.PipelineResultTypes.None,
                null, System.Collections.Hashtable.Synchronized(new(with))).LastOrDefault()?.BaseObject;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new SecretException("SecretNotFound",
                $"{where} could not be read: {Printable.Line(e.Message)} Check its name and vault with Get-SecretInfo.", e);
        }
        return found switch
        {
            SecureString secret => new StoredSecret(null, secret),
            PSCredential credential => new StoredSecret(credential.UserName, credential.Password),
            null => throw new SecretException("SecretNotFound", $"{where} is empty or does not exist. Check its name and vault with "
                + "Get-SecretInfo."),
            _ => throw new SecretException("SecretNotUsable", $"{where} is not a PSCredential (client id and secret), a SecureString or "
                + "text (a secret). Store it as one of these with Set-Secret."),
        };
    }
}
