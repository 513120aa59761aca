namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A test of what only Unix has: signals by number, <c>/bin/sh</c>, <c>/proc</c>.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "This is about Unix." : null;
}
