using System.Collections;
using System.Management.Automation;

namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>A cmdlet with every kind of parameter that the pages of the module have.</summary>
[Cmdlet(VerbsCommon.Get, "Sample", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
[OutputType(typeof(DateTime[]), typeof(Dictionary<string, int>))]
[OutputType("Sample.Text")]
public sealed class GetSampleCommand : SampleCommandBase
{
    [Parameter]
    public SampleKind Kind { get; set; }

    [Parameter(ParameterSetName = "Id", Mandatory = true)]
    public int Id { get; set; }

    [Parameter(ParameterSetName = "Id")]
    [ValidateSet("low", "high")]
    public string[]? Level { get; set; }

    [Parameter(ParameterSetName = "Name", Position = 1)]
    [Parameter(ParameterSetName = "Id", Position = 0, Mandatory = true)]
    [Alias("FilePath", "PSPath")]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    [Parameter(ParameterSetName = "Name", Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Exact { get; set; }

    [Parameter]
    public IDictionary? Argument { get; set; }
}
