using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>Accepts a length of time as a <see cref="TimeSpan"/> or as text: <c>5m</c>, <c>90s</c>, <c>2h</c>, <c>00:05:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether 0 is a valid length.</summary>
    public bool AllowsZero { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData is PSObject { BaseObject: TimeSpan } wrapped ? wrapped.BaseObject : inputData;
        var span = given is TimeSpan exact ? exact : Of(TimeTransformationAttribute.Text(inputData));
        return (span > TimeSpan.Zero || (AllowsZero && span == TimeSpan.Zero)) && span <= TimeSpan.FromDays(366)
            ? span
            : throw new ArgumentTransformationMetadataException($"The time must be {(AllowsZero ? "at least 0" : "longer than 0")}, and at most 366 days.");
    }

    private TimeSpan Of(string? text)
    {
        if (AllowsZero && text == "0")
            return TimeSpan.Zero;
        // The length of a month depends on where it is.
        if (text is not null && QueryTime.Parse(text).Relative is { } words && RelativeTime.Read(words) is { } length && length.Shortest == length.Longest)
            return TimeSpan.FromMilliseconds(Math.Min(length.Longest, TimeSpan.FromDays(1_000).TotalMilliseconds));
        throw new ArgumentTransformationMetadataException($"'{Common.Printable.Line(text ?? "")}' is not a length of time. Write it as 90s, 5m, 2h or 1d, or use a TimeSpan.");
    }
}
