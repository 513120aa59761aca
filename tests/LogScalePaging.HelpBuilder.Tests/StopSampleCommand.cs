using System.Management.Automation;

namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>The smallest cmdlet.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Sample")]
[OutputType(typeof(void))]
public sealed class StopSampleCommand : PSCmdlet;
