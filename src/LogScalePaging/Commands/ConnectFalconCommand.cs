using System.Management.Automation;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Errors;

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

    private protected override void OnProcess()
    {
        EnsureGateway();
        Emit(FalconSettings(BaseUrl, ReadSecret()).Connect(Environment.GetEnvironmentVariable, Complete));
    }

    // A simulator of LogScale alone pipes its address in as one of a gateway does; what it lacks would be told one by one, the id first.
    private void EnsureGateway()
    {
        if (BaseUrl is not null && Session.Simulators.OfType<LogScaleSimulatorInstance>().Any(s => s.BaseUrl == BaseUrl.TrimEnd('/')))
        {
            throw new FalconSignInException(FalconSignInProblem.NotFalcon, ApiErrorKind.NotFound,
                $"The simulator at {BaseUrl} was started without -Gateway, so it is a LogScale server without a Falcon gateway. Use "
                    + "Start-LogScaleSimulator -Gateway, or connect to this one with Connect-LogScale.");
        }
    }
}
