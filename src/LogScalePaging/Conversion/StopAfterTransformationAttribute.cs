using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export;

namespace LogScalePaging;

/// <summary>Accepts the time limit of a run: a <see cref="TimeSpan"/>, <c>2:45:00</c> or <c>2h45m</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class StopAfterTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return inputData is null ? null : RunLimit.Checked(Span(inputData));
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    // PowerShell reads 30s and 2d without quotes as numbers, and keeps their text. As a number, TimeSpan would count it in ticks.
    internal static TimeSpan Span(object input) => input switch
    {
        PSObject { BaseObject: not ValueType } wrapped => Span(wrapped.BaseObject),
        PSObject { BaseObject: TimeSpan wrapped } => wrapped,
        TimeSpan span => span,
        string text => Duration.Parse(text),
        _ => Duration.Parse(LanguagePrimitives.ConvertTo<string>(input) ?? ""),
    };
}
