namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>The same with data.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "This is about Unix." : null;
}
