using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet for existing jobs on the server.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobCommandBase : QueryJobCommandBase
{
    /// <summary>The jobs: objects or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "InputObject")]
    [QueryJobTransformation]
    [ArgumentCompleter(typeof(JobCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual QueryJob[]? Job { get; set; }

    /// <summary>Repository of a job that another session created, if it is not the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    private protected sealed override bool GoesOnAfterFailure => true;

    private protected sealed override void OnProcess()
    {
        foreach (var job in Job ?? [])
        {
            var client = JobAddress.Client(Connected(job), job, Repository, Signals);
            try
            {
                OnJob(job, client);
            }
            catch (Exception e)
            {
                WriteFailure(e, job);
            }
        }
    }

    /// <summary>Processes one job. An exception is the failure of this job, and the next job is processed.</summary>
    private protected abstract void OnJob(QueryJob job, QueryJobClient client);
}
