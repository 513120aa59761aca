namespace LogScalePaging.Core.Tests.Export;

/// <summary>A test that needs a separate small disk.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible())
            Skip = "This account may not mount a small disk to fill.";
    }
}
