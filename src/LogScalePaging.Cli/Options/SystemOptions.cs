using System.CommandLine;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Options;

/// <summary>The part of the command line for a system other than LogScale: its options, its request and its connection.</summary>
internal abstract class SystemOptions
{
    /// <summary>The name that users type after <c>--system</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The options that only this system has.</summary>
    public abstract IReadOnlyList<Option> Own { get; }

    /// <summary>Names of the options of LogScale and NG-SIEM that this system has too.</summary>
    public virtual IReadOnlyCollection<string> Shared => [];

    /// <summary>Name of the output if none is given.</summary>
    public string DefaultOutput => $"{Name}_results.json";

    /// <summary>The requested search.</summary>
    /// <exception cref="UsageException">The options are not valid for a search.</exception>
    public abstract SearchRequest Read(ParseResult parsed, SearchOptions search);

    /// <summary>Connects to the named server. Nothing is sent yet.</summary>
    /// <returns>The connection, and its secret, which messages must not show.</returns>
    /// <exception cref="UsageException">A setting is missing or not valid.</exception>
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
    public virtual SimulatedServer Simulate(SimulatedData data) =>
        throw new UsageException($"There is no server with generated data for --system {Name}.");
}
