using System.CommandLine;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for the search. Names and defaults are those of the published script.</summary>
internal sealed class SearchOptions
{
    /// <summary>Name of the option for the query.</summary>
    public const string QueryName = "--query";

    /// <summary>Name of the option for a file with the query.</summary>
    public const string QueryFileName = "--query-file";

    /// <summary>Name of the option for parallel requests.</summary>
    public const string ParallelName = "--parallel";

    /// <summary>Name of the option for values of the query's variables.</summary>
    public const string ArgumentName = "--arg";

    // Required for LogScale. Other systems may have another option for what to read.
    private readonly Option<string?> _query = new(QueryName, "-q")
    {
        HelpName = "QUERY",
        Description = "The query: any filter query or aggregate query, in CQL; in APL for Axiom; in GraphQL for Tanium.",
    };
    private readonly Option<string?> _queryFile = new(QueryFileName)
    {
        HelpName = "PATH",
        Description = "A file with the query, in UTF-8, instead of --query. It may have several lines and comments.",
    };
    private readonly Option<QueryTime?> _start = new("--start", "-s")
    {
        HelpName = "TIME",
        Description = "Start of the range: relative (15m, 24hours, 7d), ISO 8601 (without an offset: local time), or epoch milliseconds.",
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
        Description = "Maximum number of records, counted in the order of the result; 0 for all.",
        CustomParser = ArgumentValues.Number(0, long.MaxValue),
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<long> _pageSize = new("--page-size")
    {
        HelpName = "N",
        Description = "Records per page, 1 to 200000.",
        CustomParser = ArgumentValues.Number(1, 200_000),
        DefaultValueFactory = _ => 200,
    };
    private readonly Option<string> _strategy = new("--strategy")
    {
        HelpName = "NAME",
        Description = $"How to get past the result buffer: {string.Join(", ", s_strategies)}.",
        DefaultValueFactory = _ => s_strategies[0],
    };
    private readonly Option<long> _parallel = new(ParallelName)
    {
        HelpName = "N",
        Description = "Parallel query jobs, 1 to 1000.",
        CustomParser = ArgumentValues.Number(1, 1_000),
        DefaultValueFactory = _ => 8,
    };
    private readonly Option<Dictionary<string, string>?> _arguments = new(ArgumentName)
    {
        HelpName = "NAME=VALUE",
        Description = "Value for ?NAME in the query; for $NAME in a query of Tanium, as JSON or text. May be repeated.",
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
        Description = "Cancel a query job that makes no progress for this number of seconds, 1 to 86400.",
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

    private static readonly string[] s_strategies = [.. SearchSpec.Requestable.Select(s => s.ToString().ToLowerInvariant())];

    public void AddTo(Command command)
    {
        var options = new Option[]
        {
            _query, _queryFile, _start, _end, _maxEvents, _pageSize, _strategy, _parallel, _arguments, _timeZone, _jobTimeout, _noVerify,
            _requireComplete,
        };
        foreach (var option in options)
            command.Add(option);
    }

    /// <summary>Adds only the options of a search that a plan keeps.</summary>
    public void AddPlannedTo(Command command)
    {
        foreach (var option in new Option[] { _query, _start, _end, _pageSize, _parallel, _arguments, _timeZone })
            command.Add(option);
    }

    /// <summary>The options that only LogScale and NG-SIEM have.</summary>
    public IReadOnlyList<Option> OnlyLogScale => [_strategy, _parallel, _arguments, _timeZone, _jobTimeout];

    /// <summary>The query, from the command line or from a file; null when there is none.</summary>
    /// <exception cref="UsageException">There are two, or the file has none.</exception>
    public string? Query(ParseResult parsed)
    {
        var query = parsed.GetValue(_query);
        if (parsed.GetValue(_queryFile) is not { } file)
            return query;
        if (query is not null)
            throw new UsageException($"{QueryFileName}: use it or {QueryName}, not both.");
        try
        {
            return QueryFile.Read(file);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{QueryFileName}: {e.Message}", e);
        }
    }

    /// <summary>Name of the query: that of its file without the extension; null for a query of the command line.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_queryFile) is { } file ? QueryFile.NameOf(file) : null;

    /// <summary>The range.</summary>
    public RequestedRange Range(ParseResult parsed) => new(Time(parsed.GetValue(_start)!), Time(parsed.GetValue(_end)!));

    /// <summary>Whether the user named a range.</summary>
    public bool HasRange(ParseResult parsed) =>
        parsed.GetResult(_start) is { Implicit: false } || parsed.GetResult(_end) is { Implicit: false };

    /// <summary>Whether the user named the end of a range.</summary>
    public bool HasEnd(ParseResult parsed) => parsed.GetResult(_end) is { Implicit: false };

    /// <summary>Whether the user named the start of a range.</summary>
    public bool HasStart(ParseResult parsed) => parsed.GetResult(_start) is { Implicit: false };

    /// <summary>Whether the user named both ends of a range.</summary>
    public bool HasWholeRange(ParseResult parsed) =>
        parsed.GetResult(_start) is { Implicit: false } && parsed.GetResult(_end) is { Implicit: false };

    /// <summary>Maximum number of records; null for all.</summary>
    public long? MaxEvents(ParseResult parsed) => parsed.GetValue(_maxEvents) is > 0 and var most ? most : null;

    /// <summary>Records per page, if the user gave a number; null for the default of the system.</summary>
    public int? PageSize(ParseResult parsed) => parsed.GetResult(_pageSize) is { Implicit: false } ? (int)parsed.GetValue(_pageSize) : null;

    /// <summary>Values of the query's variables; null for none.</summary>
    public Dictionary<string, string>? Arguments(ParseResult parsed) => parsed.GetValue(_arguments) is { Count: > 0 } pairs ? pairs : null;

    /// <summary>Requests at once.</summary>
    public int Parallel(ParseResult parsed) => (int)parsed.GetValue(_parallel);

    /// <summary>Whether the count is skipped.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public bool NoVerify(ParseResult parsed) => !parsed.GetValue(_noVerify) || !RequiresComplete(parsed)
        ? parsed.GetValue(_noVerify)
        : throw new UsageException("--require-complete requires the server's count. Remove --no-verify.");

    /// <summary>Whether an unverified result is a failure.</summary>
    public bool RequiresComplete(ParseResult parsed) => parsed.GetValue(_requireComplete);

    /// <summary>Parallel query jobs, if the user gave a number; null for the default.</summary>
    public int? ParallelGiven(ParseResult parsed) => parsed.GetResult(_parallel) is { Implicit: false } ? Parallel(parsed) : null;

    /// <summary>The search that a plan keeps.</summary>
    /// <exception cref="UsageException">A value is not valid.</exception>
    public SearchSpec ReadPlanned(ParseResult parsed, TimeProvider time) => Valid(new SearchSpec(parsed.GetValue(_query)!)
    {
        Start = parsed.GetValue(_start)!,
        End = parsed.GetValue(_end)!,
        PageSize = (int)parsed.GetValue(_pageSize),
        Parallel = Parallel(parsed),
        Arguments = Arguments(parsed),
        TimeZone = parsed.GetValue(_timeZone),
    }, time);

    /// <param name="parsed">The command line.</param>
    /// <param name="time">This machine's clock; null if an earlier run has pinned the range.</param>
    /// <exception cref="UsageException">A value is not valid.</exception>
    public SearchSpec Read(ParseResult parsed, TimeProvider? time)
    {
        var noVerify = NoVerify(parsed);
        var spec = new SearchSpec(Query(parsed)!)
        {
            Start = parsed.GetValue(_start)!,
            End = parsed.GetValue(_end)!,
            MaxEvents = MaxEvents(parsed),
            PageSize = (int)parsed.GetValue(_pageSize),
            Strategy = Strategy(parsed.GetValue(_strategy)!),
            Parallel = Parallel(parsed),
            Arguments = Arguments(parsed),
            TimeZone = parsed.GetValue(_timeZone),
            JobTimeout = TimeSpan.FromSeconds(parsed.GetValue(_jobTimeout)),
            NoVerify = noVerify,
        };
        return Valid(spec, time);
    }

    private static SearchSpec Valid(SearchSpec spec, TimeProvider? time)
    {
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

    private static RequestedTime Time(QueryTime time) => new(time.Milliseconds, time.Relative);

    private static SearchStrategy Strategy(string name) =>
        s_strategies.Contains(name.ToLowerInvariant()) && Enum.TryParse<SearchStrategy>(name, ignoreCase: true, out var strategy)
            ? strategy
            : throw new UsageException($"--strategy: '{Printable.Line(name)}' is not one of {string.Join(", ", s_strategies)}.");
}
