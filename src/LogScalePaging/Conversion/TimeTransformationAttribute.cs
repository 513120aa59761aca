using System.Globalization;
using System.Management.Automation;
using LogScalePaging.LogScale;

namespace LogScalePaging;

/// <summary>
/// Takes an end of a time range in any way that a person or a script may have it: <c>15m</c>, <c>now</c>, ISO 8601, epoch milliseconds,
/// a <see cref="TimeSpan"/> before now, a <see cref="DateTime"/> or a <see cref="DateTimeOffset"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Text(inputData);

    /// <summary>The time as LogScale takes it, in words; null for null.</summary>
    internal static string? Text(object? input)
    {
        try
        {
            return input switch
            {
                null => null,
                PSObject wrapped => Text(wrapped.BaseObject),
                DateTimeOffset time => Milliseconds(time),
                DateTime time => Milliseconds(new DateTimeOffset(time)),
                TimeSpan span => QueryTime.Ago(span).ToString(),
                string text => Validated(text),
                IFormattable number when number is long or int or double or decimal or ulong or uint => Validated(number.ToString("0", CultureInfo.InvariantCulture)),
                _ => throw new FormatException($"A {input.GetType().Name} is not a time. Give text such as 15m, 24h or now, ISO 8601, epoch milliseconds, a TimeSpan or a DateTime."),
            };
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Validated(string text)
    {
        _ = QueryTime.Parse(text);
        return text.Trim();
    }
}
