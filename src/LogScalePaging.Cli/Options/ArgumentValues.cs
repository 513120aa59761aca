using System.CommandLine.Parsing;
using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Falcon;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Cli.Options;

/// <summary>Reads the values of options that are more than text, and says in one sentence what would be right.</summary>
internal static class ArgumentValues
{
    /// <summary>An end of a time range.</summary>
    public static QueryTime? Time(ArgumentResult result)
    {
        try
        {
            return QueryTime.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            // In the published NG-SIEM script -s is the client secret: it is not said again here.
            result.AddError(HasClientId(result)
                ? $"{Name(result)}: here this is a time, for example 15m. Put the client secret into "
                    + $"{FalconConnectionSettings.ClientSecretVariable}, where others cannot read it. Change a secret that was on a "
                    + "command line."
                : $"{Name(result)}: {e.Message}");
            return null;
        }
    }

    private static bool HasClientId(ArgumentResult result) =>
        result.Parent?.Parent is CommandResult command && command.Children.OfType<OptionResult>().Any(o => o is { Implicit: false, Option.Name: FalconOptions.ClientIdName });

    /// <summary>Reads a whole number within limits.</summary>
    public static Func<ArgumentResult, long> Number(long least, long most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        var upTo = most == long.MaxValue ? $" of at least {least}" : FormattableString.Invariant($" from {least} to {most:N0}");
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a whole number{upTo}.");
        return least;
    };

    /// <summary>Reads a size in bytes: a number with a unit behind it, or without.</summary>
    public static Func<ArgumentResult, long?> Size(long least) => result =>
    {
        var text = result.Tokens[0].Value;
        if (ByteSize.TryParse(text, out var bytes) && bytes >= least)
            return bytes;
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a size of at least {ByteSize.Text(least)}, for example 100MB, "
            + "1GiB or 5000000.");
        return null;
    };

    /// <summary>Reads a span of time: a number with ms, s, m or h behind it, or without, then in the given unit.</summary>
    public static Func<ArgumentResult, TimeSpan> Span(TimeSpan unit, TimeSpan least, TimeSpan most) => result =>
    {
        var text = result.Tokens[0].Value.Trim();
        var digits = text.TrimEnd("mshMSH".ToCharArray());
        TimeSpan? scale = text[digits.Length..].ToLowerInvariant() switch
        {
            "" => unit,
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        if (scale is { } one && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * one.TotalSeconds >= least.TotalSeconds && number * one.TotalSeconds <= most.TotalSeconds)
            return number * one;
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a time from {Text(least)} to {Text(most)}, for example 500ms, "
            + "30s or 2m.");
        return least;
    };

    /// <summary>Field names: separated by commas, and the option may be given again.</summary>
    public static string[]? Names(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (names.Length == 0)
            result.AddError($"{Name(result)}: a name is missing in '{Printable.Line(string.Join(' ', result.Tokens))}'. Write them as "
                + "@timestamp,ComputerName.");
        else if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            result.AddError($"{Name(result)}: '{Printable.Line(twice.Key)}' is given twice.");
        return names;
    }

    /// <summary>Arguments of the query: <c>name=value</c>, as often as there are.</summary>
    public static Dictionary<string, string>? Pairs(ArgumentResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            var split = text.IndexOf('=', StringComparison.Ordinal);
            // The query writes them ?name; here as well is a likely slip.
            var name = split < 0 ? "" : text[..split].Trim().TrimStart('?');
            if (name.Length == 0)
                result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not name=value.");
            else if (!pairs.TryAdd(name, text[(split + 1)..]))
                result.AddError($"{Name(result)}: '{Printable.Line(name)}' is given twice.");
        }
        return pairs;
    }

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    private static string Text(TimeSpan span) => span < TimeSpan.FromSeconds(1)
        ? FormattableString.Invariant($"{span.TotalMilliseconds:0}ms")
        : span < TimeSpan.FromHours(1) ? FormattableString.Invariant($"{span.TotalSeconds:0}s") : FormattableString.Invariant($"{span.TotalHours:0}h");
}
