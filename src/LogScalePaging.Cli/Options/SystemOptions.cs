using System.CommandLine;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Options;

/// <summary>What a system beside LogScale adds to the command line: its own options, its request and its connection.</summary>
internal abstract class SystemOptions
{
    /// <summary>The name that users type after <c>--system</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The options that only this system has.</summary>
    public abstract IReadOnlyList<Option> Own { get; }

    /// <summary>Names of the options of LogScale and NG-SIEM that this system has as well.</summary>
    public virtual IReadOnlyCollection<string> Shared => [];

    /// <summary>Name of the output where none is given.</summary>
    public string DefaultOutput => $"{Name}_results.json";

    /// <summary>The search that is asked for.</summary>
    /// <exception cref="UsageException">What was written cannot be searched.</exception>
    public abstract SearchRequest Read(ParseResult parsed, SearchOptions search);

    /// <summary>Connects to the server that is named; nothing is sent yet.</summary>
    /// <returns>The connection, and its secret, which is kept out of messages.</returns>
    /// <exception cref="UsageException">A setting is missing or malformed.</exception>
    public abstract (SearchConnection Connection, string Secret) Connect(ParseResult parsed, CliHost host, ConnectionOptions connection);

    /// <summary>The fields that the output keeps, by their names in the records.</summary>
    /// <param name="fields">What the user asked for with --fields; null for all.</param>
    /// <exception cref="UsageException">One of them is not a field.</exception>
    public virtual IReadOnlyList<string>? Kept(IReadOnlyList<string>? fields) => fields;

    /// <summary>A request whose settings are possible.</summary>
    /// <exception cref="UsageException">One is not.</exception>
    protected static SearchRequest Valid(SearchRequest request)
    {
        try
        {
            request.EnsureValid();
            return request;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Output.ErrorText.WithoutParameter(e), e);
        }
    }

    /// <summary>Starts a server with generated data inside this process.</summary>
    /// <exception cref="UsageException">The system has no such server.</exception>
    public virtual SimulatedSystem Simulate(SimulatedData data) =>
        throw new UsageException($"There is no server with generated data for --system {Name}.");
}
