using System.Management.Automation;
using LogScalePaging.Common;

namespace LogScalePaging;

/// <summary>Accepts a length of time as a <see cref="TimeSpan"/> or as text: <c>5m</c>, <c>2h45m</c>, <c>1d</c>, <c>00:05:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>Whether no time at all is accepted, also as <c>0</c>.</summary>
    public bool AllowZero { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return inputData is null ? null : Checked(Span(inputData));
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <summary>Checks the time.</summary>
    /// <exception cref="FormatException">It is too short or too long.</exception>
    private protected virtual TimeSpan Checked(TimeSpan span) =>
        (AllowZero ? span >= TimeSpan.Zero : span > TimeSpan.Zero) && span <= s_longest
        ? span
        : throw new FormatException($"The time must be {(AllowZero ? "0 or longer" : "longer than 0")}, and at most 366 days.");

    // PowerShell reads 30s and 2d without quotes as numbers, and keeps their text. As a number, TimeSpan would count it in ticks.
    private TimeSpan Span(object input) => input switch
    {
        PSObject { BaseObject: not ValueType } wrapped => Span(wrapped.BaseObject),
        PSObject { BaseObject: TimeSpan wrapped } => wrapped,
        TimeSpan span => span,
        string text => Parse(text),
        _ => Parse(LanguagePrimitives.ConvertTo<string>(input) ?? ""),
    };

    private TimeSpan Parse(string text) => AllowZero && text.Trim() == "0" ? TimeSpan.Zero : Duration.Parse(text);
}
