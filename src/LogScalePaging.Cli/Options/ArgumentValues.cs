using System.CommandLine.Parsing;
using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Export.Runs;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Tanium;

namespace LogScalePaging.Cli.Options;

/// <summary>Parses the values of options that are more than text. An error says which values are valid.</summary>
internal static class ArgumentValues
{
    /// <summary>Start or end of a time range.</summary>
    public static QueryTime? Time(ArgumentResult result)
    {
        try
        {
            return QueryTime.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            // In the published NG-SIEM script, -s is the client secret. The message must not repeat it.
            result.AddError(HasClientId(result)
                ? $"{Name(result)}: this option is a time here, for example 15m. Put the client secret into "
                    + $"{FalconConnectionSettings.ClientSecretVariable}, where others cannot read it. Change a secret that was on a "
                    + "command line."
                : $"{Name(result)}: {e.Message}");
            return null;
        }
    }

    private static bool HasClientId(ArgumentResult result) =>
        result.Parent?.Parent is CommandResult command
            && command.Children.OfType<OptionResult>().Any(o => o is { Implicit: false, Option.Name: FalconOptions.ClientIdName });

    /// <summary>Parses a whole number within limits.</summary>
    public static Func<ArgumentResult, long> Number(long least, long most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most)
            return number;
        var upTo = most == long.MaxValue ? $" of at least {least}" : FormattableString.Invariant($" from {least} to {most:N0}");
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a whole number{upTo}.");
        return least;
    };

    /// <summary>Parses a size in bytes: a number with or without a unit.</summary>
    public static Func<ArgumentResult, long?> Size(long least) => result =>
    {
        var text = result.Tokens[0].Value;
        if (ByteSize.TryParse(text, out var bytes) && bytes >= least)
            return bytes;
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a size of at least {ByteSize.Text(least)}, for example 100MB, "
            + "1GiB or 5000000.");
        return null;
    };

    /// <summary>Parses a duration: a number with ms, s, m, h or d, or without a unit, which then is the given one.</summary>
    public static Func<ArgumentResult, TimeSpan> Span(TimeSpan unit, TimeSpan least, TimeSpan most) => result =>
    {
        var text = result.Tokens[0].Value.Trim();
        var digits = text.TrimEnd("mshdMSHD".ToCharArray());
        TimeSpan? scale = text[digits.Length..].ToLowerInvariant() switch
        {
            "" => unit,
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (scale is { } one && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * one.TotalSeconds >= least.TotalSeconds && number * one.TotalSeconds <= most.TotalSeconds)
            return number * one;
        result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not a time from {Text(least)} to {Text(most)}, for example 500ms, "
            + "30s or 2m.");
        return least;
    };

    /// <summary>The time limit of a run.</summary>
    public static TimeSpan? StopAfter(ArgumentResult result)
    {
        try
        {
            return ExportRequest.ParseStopAfter(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"{Name(result)}: {e.Message}");
            return null;
        }
    }

    /// <summary>Field names: separated by commas. The option can be repeated.</summary>
    public static string[]? Names(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(t => Split(t.Value))];
        if (names.Length == 0)
            result.AddError($"{Name(result)}: a name is missing in '{Printable.Line(string.Join(' ', result.Tokens))}'. Write them as "
                + "@timestamp,ComputerName.");
        else if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            result.AddError($"{Name(result)}: '{Printable.Line(twice.Key)}' is given twice.");
        return names;
    }

    /// <summary>CIDs of child tenants: separated by commas. The option can be repeated.</summary>
    public static string[]? Cids(ArgumentResult result)
    {
        try
        {
            return [.. MemberCids.ParseAll(result.Tokens.Select(t => t.Value))];
        }
        catch (ArgumentException e)
        {
            result.AddError($"{Name(result)}: {Output.ErrorText.WithoutParameter(e)}");
            return null;
        }
    }

    /// <summary>Arguments of the query: <c>name=value</c>. The option can be repeated.</summary>
    public static Dictionary<string, string>? Pairs(ArgumentResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            var split = text.IndexOf('=', StringComparison.Ordinal);
            // The query writes them as ?name, so users often write the question mark here too.
            var name = split < 0 ? "" : text[..split].Trim().TrimStart('?');
            if (name.Length == 0)
                result.AddError($"{Name(result)}: '{Printable.Line(text)}' is not name=value.");
            else if (!pairs.TryAdd(name, text[(split + 1)..]))
                result.AddError($"{Name(result)}: '{Printable.Line(name)}' is given twice.");
        }
        return pairs;
    }

    // os{name,platform} is one field of Tanium. Where a bracket is only a part of a name, each comma separates.
    private static IReadOnlyList<string> Split(string list) =>
        "{}()[]".Chunk(2).All(pair => list.Count(c => c == pair[0]) == list.Count(c => c == pair[1]))
        ? TaniumRequest.SplitProperties(list)
        : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    private static string Text(TimeSpan span) => span < TimeSpan.FromSeconds(1)
        ? FormattableString.Invariant($"{span.TotalMilliseconds:0}ms")
        : span < TimeSpan.FromHours(1)
            ? FormattableString.Invariant($"{span.TotalSeconds:0}s")
            : FormattableString.Invariant($"{span.TotalHours:0}h");
}
