namespace LogScalePaging.Core.Tests.Export;

/// <summary>A test that needs another program, and says so in plain words where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute : FactAttribute
{
    /// <param name="program">Name of the program.</param>
    /// <param name="probe">Its arguments for a call that succeeds when it will do; none to ask for its version.</param>
    public NeedsAttribute(string program, params string[] probe)
    {
        if (!Tools.Has(program, probe.Length == 0 ? ["--version"] : probe))
            Skip = $"{program}, in a version that will do, is not on this machine.";
    }
}
