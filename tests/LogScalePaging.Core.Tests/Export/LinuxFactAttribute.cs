namespace LogScalePaging.Core.Tests.Export;

/// <summary>A test that needs what only Linux has, such as <c>/dev/full</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!File.Exists("/dev/full"))
            Skip = "/dev/full is not on this machine.";
    }
}
