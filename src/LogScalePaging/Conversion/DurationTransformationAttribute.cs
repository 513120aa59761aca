using System.Management.Automation;
using LogScalePaging.Common;

namespace LogScalePaging;

/// <summary>Accepts a length of time as a <see cref="TimeSpan"/> or as text: <c>5m</c>, <c>90s</c>, <c>2h45m</c>, <c>2:45:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The longest time, in days.</summary>
    public int MostDays { get; set; } = 366;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Span(inputData) is var span && span > TimeSpan.Zero && span <= TimeSpan.FromDays(MostDays)
                ? span
                : throw new FormatException($"The time must be longer than 0, and at most {MostDays} days.");
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    // PowerShell reads 30s and 2d without quotes as numbers, and keeps their text. As a number, TimeSpan would count it in ticks.
    private static TimeSpan Span(object? input) => input switch
    {
        TimeSpan span => span,
        PSObject { BaseObject: TimeSpan span } => span,
        PSObject { BaseObject: string text } => Duration.Parse(text),
        _ => Duration.Parse(LanguagePrimitives.ConvertTo<string>(input) ?? ""),
    };
}
