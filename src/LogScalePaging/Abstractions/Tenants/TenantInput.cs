using System.Management.Automation;
using LogScalePaging.Falcon.SignIn;

namespace LogScalePaging.Commands;

/// <summary>
/// Reads <c>-MemberCid</c> of each input of a cmdlet. No input ever uses the client's own tenant in place of a child tenant.
/// </summary>
/// <param name="command">The cmdlet.</param>
internal sealed class TenantInput(PSCmdlet command)
{
    /// <summary>Name of the parameter.</summary>
    public const string Parameter = "MemberCid";

    private bool _seen;

    /// <summary>True if the parameter is given for the current input, even with an empty value.</summary>
    public bool IsGiven => command.MyInvocation.BoundParameters.ContainsKey(Parameter);

    /// <summary>The tenants of the current input as they are written, each once; null if the cmdlet is not used with tenants.</summary>
    /// <param name="given">The value of the parameter.</param>
    /// <exception cref="ArgumentException">The input names no tenant, and an earlier one did.</exception>
    public IReadOnlyList<string>? Read(string?[]? given)
    {
        if (IsGiven)
        {
            _seen = true;
            string[] texts = [.. (given ?? []).SelectMany(text => (text ?? "").Split(',')).Select(text => text.Trim())];
            return texts.Length == 0 ? [""] : [.. texts.GroupBy(Key, StringComparer.Ordinal).Select(same => same.First())];
        }
        return _seen
            ? throw new ArgumentException(
                "This input has no member CID, and an earlier one had. The client's own tenant is not used in its place.")
            : null;
    }

    /// <summary>Makes sure that tenants can be searched over a connection.</summary>
    /// <exception cref="ArgumentException">It is not a connection to Falcon.</exception>
    public static FalconConnection Falcon(ServerConnection connection) => connection as FalconConnection
        ?? throw new ArgumentException(
            $"-{Parameter} requires a connection to Falcon, and this one is to {connection.System}. Use Connect-Falcon.");

    // The console and the API write the same CID in two ways.
    private static string Key(string text)
    {
        try
        {
            return MemberCids.Parse(text);
        }
        catch (ArgumentException)
        {
            // It is reported when its turn comes.
            return text;
        }
    }
}
