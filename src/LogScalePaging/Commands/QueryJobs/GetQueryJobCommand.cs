using System.Management.Automation;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Strategies;

namespace LogScalePaging.Commands;

/// <summary><c>Get-QueryJob</c>: gets the state of jobs from the server.</summary>
[Cmdlet(VerbsCommon.Get, "QueryJob", HelpUri = HelpPages.Folder + "Get-QueryJob.md")]
[OutputType(typeof(QueryJobStatus))]
public sealed class GetQueryJobCommand : QueryJobCommandBase
{
    /// <summary>The jobs: objects or ids. The default is all jobs of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "InputObject")]
    [QueryJobTransformation]
    [ArgumentCompleter(typeof(JobCompleter))]
    [ValidateNotNullOrEmpty]
    public QueryJob[]? Job { get; set; }

    /// <summary>Repository of a job that another session created, if it is not the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    private protected override bool GoesOnAfterFailure => true;

    private protected override void OnProcess()
    {
        // Without -Job, missing jobs are shown as Gone. A named job that is missing is an error.
        var listing = Job is null;
        foreach (var job in Job ?? [.. Session.Jobs])
        {
            var client = JobAddress.Client(Connected(job), job, Repository, Signals);
            try
            {
                WriteObject(new QueryJobStatus(job, client.Repository, Run(token => Ask(client, job, listing, token))));
            }
            catch (Exception e)
            {
                WriteFailure(e, job);
            }
        }
    }

    private static async Task<QueryResult?> Ask(QueryJobClient client, QueryJob job, bool orNothing, CancellationToken cancellationToken)
    {
        try
        {
            return await new OpenJob(client, job.Id).StatusAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (JobLostException) when (orNothing)
        {
            return null;
        }
    }
}
