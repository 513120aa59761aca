namespace LogScalePaging.Core.Tests.Support;

/// <summary>The runs of these tests beside the one of the net8.0 engine on .NET.</summary>
[Flags]
public enum Runs
{
    /// <summary>The netstandard2.0 engine on .NET, which no user has: it stands in for .NET Framework on machines without Mono.</summary>
    NetStandardOnNet = 1,

    /// <summary>The netstandard2.0 engine on Mono.</summary>
    Mono = 2,

    /// <summary>The netstandard2.0 engine.</summary>
    NetStandard = NetStandardOnNet | Mono,
}
