using System.Globalization;
using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>
/// Accepts a start or end of a time range in many forms: <c>15m</c>, <c>now</c>, ISO 8601, epoch milliseconds, a <see cref="TimeSpan"/>
/// before now, a <see cref="DateTime"/>, a <see cref="DateTimeOffset"/> or a DateOnly (local midnight).
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Text(inputData);

    /// <summary>The time as text that LogScale accepts; null for null.</summary>
    internal static string? Text(object? input)
    {
        try
        {
            return input switch
            {
                null => null,
                PSObject wrapped => AsTyped(wrapped) ?? Text(wrapped.BaseObject),
                DateTimeOffset time => Milliseconds(time),
                DateTime time => Milliseconds(new DateTimeOffset(time)),
#if NET
                DateOnly day => Milliseconds(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Local))),
#endif
                TimeSpan span => QueryTime.Ago(span).ToString(),
                string text => Validated(text),
                decimal or short or sbyte when IsShort(input) =>
                    throw new FormatException(FormattableString.Invariant(
                        $"The number {input} is not a time. PowerShell reads 7d and 30s without quotes as numbers. Write '7d' or '30s'.")),
                IFormattable number when number is long or int or double or decimal or ulong
                    or uint => Validated(number.ToString("0", CultureInfo.InvariantCulture)),
                _ => throw new FormatException($"A {input.GetType().Name} is not a time. Use text (15m, 24h, now), ISO 8601, epoch "
                    + "milliseconds, a TimeSpan or a DateTime."),
            };
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(OptionNames.ForPowerShell(e.Message), e);
        }
    }

    // PowerShell reads 7d as the decimal 7 and 30s as the short 30. As milliseconds, these would be in 1970, and all data would be
    // searched. PowerShell keeps the text of a number that was typed on the command line.
    private static string? AsTyped(PSObject wrapped) =>
        wrapped.BaseObject is decimal or short or sbyte && LanguagePrimitives.ConvertTo<string>(wrapped) is { } typed
            && (typed.StartsWith("-", StringComparison.Ordinal) || IsTime(typed)) ? Validated(typed) : null;

    // 0 means "from the beginning".
    private static bool IsShort(object number) => Convert.ToDecimal(number, CultureInfo.InvariantCulture) is > 0 and <= int.MaxValue;

    private static bool IsTime(string text)
    {
        try
        {
            return Validated(text).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Validated(string text)
    {
        _ = QueryTime.Parse(text);
        return text.Trim();
    }
}
