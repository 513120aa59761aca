using System.Management.Automation;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Test-LogScaleConnection</c>: tests a connection to any system. A failed test is a result, not an error.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogScaleConnection", HelpUri = HelpPages.Folder + "Test-LogScaleConnection.md")]
[OutputType(typeof(ConnectionTest), typeof(bool))]
public sealed class TestLogScaleConnectionCommand : LogScaleCommandBase
{
    /// <summary>The connections. The default is the last connection of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [ValidateNotNull]
    public ServerConnection[]? Connection { get; set; }

    /// <summary>Repositories, views or datasets to test instead of the connection's.</summary>
    [Parameter]
    [Alias("Dataset")]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Repository { get; set; }

    /// <summary>Emit only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void OnProcess()
    {
        foreach (var connection in Connection ?? [Current()])
        {
            foreach (var repository in Repository ?? [null!])
                WriteObject(Test(connection, repository));
        }
    }

    private ServerConnection Current() => Session.Last(_ => true)
        ?? Session.Connect(ConnectableSystem.Of(SearchSpec.SystemName), Environment.GetEnvironmentVariable, _ => true);

    private object Test(ServerConnection connection, string? repository)
    {
        var system = ConnectableSystem.Names.First(name => connection.Search(name) is not null);
        var found = Run(token => ConnectionCheck.RunAsync(connection.Search(system)!, repository, Signals, token));
        var tested = repository ?? connection.MaybeJobs()?.Repository;
        return Quiet ? found.Failure is null : new ConnectionTest(connection, tested, found, ConnectableSystem.Of(system));
    }
}
