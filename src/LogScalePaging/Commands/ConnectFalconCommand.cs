using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-Falcon</c>: names the API client of a Falcon tenant for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "Falcon", DefaultParameterSetName = ClientSet)]
[OutputType(typeof(LogScaleConnection))]
public sealed class ConnectFalconCommand : ConnectCommandBase
{
    /// <summary>Address of the gateway in place of a cloud's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    private protected override object? Target => BaseUrl ?? Cloud;

    private protected override void OnProcess() => Emit(FalconSettings(BaseUrl, ReadSecret()).Connect(Environment.GetEnvironmentVariable, Complete));
}
