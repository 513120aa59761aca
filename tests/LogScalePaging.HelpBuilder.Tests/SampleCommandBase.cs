using System.Management.Automation;

namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>Cmdlets of the module have most of their parameters from a base class.</summary>
public abstract class SampleCommandBase : PSCmdlet
{
    /// <summary>Users do not see it.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Hidden { get; set; }

    /// <summary>In every parameter set.</summary>
    [Parameter]
    public long? Limit { get; set; }

    /// <summary>No parameter.</summary>
    public string? Other { get; set; }
}
