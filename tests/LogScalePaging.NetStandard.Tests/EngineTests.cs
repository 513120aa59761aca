using System.Runtime.Versioning;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Core.Tests;

public sealed class EngineTests
{
    [Fact]
    public void The_engine_under_test_is_the_one_of_Windows_PowerShell()
    {
        var target = (TargetFrameworkAttribute)Attribute.GetCustomAttribute(typeof(Telemetry).Assembly, typeof(TargetFrameworkAttribute))!;
        Assert.Equal(".NETStandard,Version=v2.0", target.FrameworkName);
    }

    [Fact]
    public void This_run_is_on_the_runtime_that_it_was_compiled_for() =>
        Assert.Equal(FactExceptAttribute.Current == Runs.Mono, Type.GetType("Mono.Runtime") is not null);
}
