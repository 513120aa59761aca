using System.Globalization;
using System.Management.Automation;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>Accepts a length of time as <c>5m</c>, <c>1h</c>, <c>24hours</c>, <c>00:05:00</c> or a <see cref="TimeSpan"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly DateTimeOffset s_anchor = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (input is null or TimeSpan)
            return input;
        // PowerShell reads 7d and 30s without quotes as numbers, and keeps their text.
        var text = LanguagePrimitives.ConvertTo<string>(inputData).Trim();
        if (text.IndexOf(':') >= 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
            return span;
        try
        {
            return text == "0" ? TimeSpan.Zero : s_anchor - RelativeTimeWords.Resolve(text, s_anchor);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException($"'{Display.Text(text)}' is not a length of time. Write it as 5m, 1h, 7d or 00:05:00.", e);
        }
    }
}
