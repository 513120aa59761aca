using LogScalePaging.Export.Runs;

namespace LogScalePaging;

/// <summary>Accepts the time limit of a run: a <see cref="TimeSpan"/>, <c>2:45:00</c> or <c>2h45m</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class StopAfterTransformationAttribute : DurationTransformationAttribute
{
    private protected override TimeSpan Checked(TimeSpan span) => RunLimit.Checked(span);
}
