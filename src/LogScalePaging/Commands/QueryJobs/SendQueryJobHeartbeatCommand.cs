using System.Management.Automation;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Commands;

/// <summary><c>Send-QueryJobHeartbeat</c>: keeps jobs alive without reading them.</summary>
[Cmdlet(VerbsCommunications.Send, "QueryJobHeartbeat", HelpUri = HelpPages.Folder + "Send-QueryJobHeartbeat.md")]
[OutputType(typeof(QueryJobStatus))]
public sealed class SendQueryJobHeartbeatCommand : JobCommandBase
{
    /// <summary>Emit the state of the job.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnJob(QueryJob job, QueryJobClient client)
    {
        var status = Run(token => client.HeartbeatAsync(job.Id, token));
        if (PassThru)
            WriteObject(new QueryJobStatus(job, client.Repository, status));
    }
}
