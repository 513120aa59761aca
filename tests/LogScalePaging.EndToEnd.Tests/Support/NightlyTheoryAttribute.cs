namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A theory that takes too long for every run: set LOGSCALEPAGING_NIGHTLY=1 to have it.</summary>
internal sealed class NightlyTheoryAttribute : TheoryAttribute
{
    public NightlyTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("LOGSCALEPAGING_NIGHTLY") != "1" || OperatingSystem.IsWindows())
            Skip = "Nightly: set LOGSCALEPAGING_NIGHTLY=1";
    }
}
