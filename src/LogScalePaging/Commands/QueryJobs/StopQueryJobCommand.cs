using System.Management.Automation;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Commands;

/// <summary><c>Stop-QueryJob</c>: cancels jobs and deletes them on the server.</summary>
[Cmdlet(VerbsLifecycle.Stop, "QueryJob", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Stop-QueryJob.md")]
[OutputType(typeof(void))]
public sealed class StopQueryJobCommand : JobCommandBase
{
    private protected override void OnJob(QueryJob job, QueryJobClient client)
    {
        if (!ShouldProcess(job.Id, "Cancel and delete the query job"))
            return;
        Run(token => client.DeleteAsync(job.Id, token));
        Session.Forget(job);
    }
}
