using System.CommandLine;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for the search. Names and defaults are those of the published script.</summary>
internal sealed class SearchOptions
{
    private readonly Option<string> _query = new("--query", "-q")
    {
        Required = true,
        HelpName = "CQL",
        Description = "The query: any filter query or aggregate query.",
    };
    private readonly Option<QueryTime?> _start = new("--start", "-s")
    {
        HelpName = "TIME",
        Description = "Start of the range: relative (15m, 24hours, 7d), ISO 8601, or epoch milliseconds.",
        CustomParser = ArgumentValues.Time,
        DefaultValueFactory = _ => QueryTime.Parse("15m"),
    };
    private readonly Option<QueryTime?> _end = new("--end", "-e")
    {
        HelpName = "TIME",
        Description = "End of the range, in the same forms.",
        CustomParser = ArgumentValues.Time,
        DefaultValueFactory = _ => QueryTime.Now,
    };
    private readonly Option<long> _maxEvents = new("--max-events")
    {
        HelpName = "N",
        Description = "Maximum number of events, the newest first; 0 for all.",
        CustomParser = ArgumentValues.Number(0, long.MaxValue),
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<long> _pageSize = new("--page-size")
    {
        HelpName = "N",
        Description = "Events per page, 1 to 200000.",
        CustomParser = ArgumentValues.Number(1, 200_000),
        DefaultValueFactory = _ => 200,
    };
    private readonly Option<string> _strategy = new("--strategy")
    {
        HelpName = "NAME",
        Description = $"How to get past the result buffer: {string.Join(", ", s_strategies)}.",
        DefaultValueFactory = _ => s_strategies[0],
    };
    private readonly Option<long> _parallel = new("--parallel")
    {
        HelpName = "N",
        Description = "Parallel query jobs, 1 to 1000.",
        CustomParser = ArgumentValues.Number(1, 1_000),
        DefaultValueFactory = _ => 8,
    };
    private readonly Option<Dictionary<string, string>?> _arguments = new("--arg")
    {
        HelpName = "NAME=VALUE",
        Description = "Value for ?NAME in the query. May be repeated.",
        CustomParser = ArgumentValues.Pairs,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        HelpName = "ZONE",
        Description = "Time zone for the query's time functions, for example Europe/Berlin.",
    };
    private readonly Option<long> _jobTimeout = new("--job-timeout")
    {
        HelpName = "SECONDS",
        Description = "Cancel a query job that makes no progress for this many seconds, 1 to 86400.",
        CustomParser = ArgumentValues.Number(1, 86_400),
        DefaultValueFactory = _ => (long)SearchSpec.DefaultJobTimeout.TotalSeconds,
    };
    private readonly Option<bool> _noVerify = new("--no-verify")
    {
        Description = "Skip the count. The state is then Unverified.",
    };

    private readonly Option<bool> _requireComplete = new("--require-complete")
    {
        Description = "Exit with code 4 if the result is Unverified. Incomplete is always exit code 3.",
    };

    private static readonly string[] s_strategies = [.. Enum.GetNames<SearchStrategy>().Select(n => n.ToLowerInvariant())];

    public void AddTo(Command command)
    {
        var options = new Option[]
        {
            _query, _start, _end, _maxEvents, _pageSize, _strategy, _parallel, _arguments, _timeZone, _jobTimeout, _noVerify, _requireComplete,
        };
        foreach (var option in options)
            command.Add(option);
    }

    /// <summary>Whether an unverified result is a failure.</summary>
    public bool RequiresComplete(ParseResult parsed) => parsed.GetValue(_requireComplete);

    /// <param name="parsed">The command line.</param>
    /// <param name="time">This machine's clock; null if an earlier run has pinned the range.</param>
    /// <exception cref="UsageException">A value is not valid.</exception>
    public SearchSpec Read(ParseResult parsed, TimeProvider? time)
    {
        var query = parsed.GetRequiredValue(_query);
        if (RequiresComplete(parsed) && parsed.GetValue(_noVerify))
            throw new UsageException("--require-complete requires the server's count. Remove --no-verify.");
        var most = parsed.GetValue(_maxEvents);
        var spec = new SearchSpec(query)
        {
            Start = parsed.GetValue(_start)!,
            End = parsed.GetValue(_end)!,
            MaxEvents = most == 0 ? null : most,
            PageSize = (int)parsed.GetValue(_pageSize),
            Strategy = Strategy(parsed.GetValue(_strategy)!),
            Parallel = (int)parsed.GetValue(_parallel),
            Arguments = parsed.GetValue(_arguments) is { Count: > 0 } pairs ? pairs : null,
            TimeZone = parsed.GetValue(_timeZone),
            JobTimeout = TimeSpan.FromSeconds(parsed.GetValue(_jobTimeout)),
            NoVerify = parsed.GetValue(_noVerify),
        };
        try
        {
            spec.EnsureValid(time);
            return spec;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private static SearchStrategy Strategy(string name) =>
        s_strategies.Contains(name.ToLowerInvariant()) && Enum.TryParse<SearchStrategy>(name, ignoreCase: true, out var strategy)
            ? strategy
            : throw new UsageException($"--strategy: '{Printable.Line(name)}' is not one of {string.Join(", ", s_strategies)}.");
}
