using System.Management.Automation;

namespace LogScalePaging;

/// <summary>Accepts a length of time: a <see cref="TimeSpan"/>, <c>5m</c>, <c>90s</c> or <c>0:05:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            var span = inputData is null ? TimeSpan.Zero : StopAfterTransformationAttribute.Span(inputData);
            return span > TimeSpan.Zero && span <= s_longest
                ? span
                : throw new ArgumentTransformationMetadataException("The time must be longer than 0, and at most 366 days.");
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
