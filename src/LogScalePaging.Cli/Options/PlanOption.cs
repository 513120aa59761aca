using System.CommandLine;
using LogScalePaging.Export.Slices;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Options;

/// <summary>The options of commands that work with an existing plan: the plan, the folder of its slices, and the connection.</summary>
internal sealed class PlanOption
{
    private readonly Option<string> _plan = new("--plan")
    {
        HelpName = "PATH",
        Description = "The plan, made by the command plan.",
        Required = true
    };
    private readonly Option<string?> _folder = new("--folder")
    {
        HelpName = "DIR",
        Description = "Folder of the slices. [default: the folder of the plan]",
    };
    private readonly Option<bool> _noOperator = new("--no-operator")
    {
        Description = "Leave accounts and machines out of the manifest.",
    };
    private readonly TimestampOptions _timestamp = new();
    private readonly ConnectionOptions _connection = new();
    private readonly SystemChoice _system = new();

    public void AddTo(Command command)
    {
        command.Add(_plan);
        command.Add(_folder);
        command.Add(_noOperator);
        _timestamp.AddTo(command);
        _connection.AddTo(command, forSearch: false);
    }

    /// <summary>Path of the plan.</summary>
    public string Path(ParseResult parsed) => parsed.GetRequiredValue(_plan);

    /// <summary>The folder that the user named; null for that of the plan.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(_folder);

    /// <summary>Whether accounts and machines are left out.</summary>
    public bool NoOperator(ParseResult parsed) => parsed.GetValue(_noOperator);

    /// <summary>The authority for a timestamp; null for none.</summary>
    /// <exception cref="UsageException">It is not the address of a server.</exception>
    public Uri? TimestampServer(ParseResult parsed) => _timestamp.Read(parsed);

    /// <summary>Connects to the server of the plan. Nothing is sent yet.</summary>
    /// <exception cref="UsageException">A setting is missing or not valid.</exception>
    public SearchConnection Connect(ParseResult parsed, CliHost host, ExportPlan plan, Output.Messages messages)
    {
        var (connection, secret) = _system.Named(plan.System) is { } system
            ? system.Connect(parsed, host, _connection)
            : _connection.Connect(parsed, host, plan.Budget.Jobs, plan.Repository);
        messages.Hide(secret);
        messages.CleanWith(connection.Transport.Clean);
        return connection;
    }
}
