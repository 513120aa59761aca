using LogScalePaging.Commands;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>A query job on a server: the output of <c>New-QueryJob</c>, and the input of the other job cmdlets.</summary>
public sealed class QueryJob
{
    internal QueryJob(string id, ServerConnection? connection, string? repository, QueryJobSpec? spec, DateTimeOffset? created)
    {
        Id = id;
        Connection = connection;
        Repository = repository ?? connection?.MaybeJobs()?.Repository ?? "";
        Spec = spec;
        CreatedAt = created;
    }

    /// <summary>Id by which the server knows the job.</summary>
    public string Id { get; }

    /// <summary>The query; null for a job that this session did not make.</summary>
    public string? Query => Spec?.Query;

    /// <summary>Repository or view; empty for a job that this session did not make.</summary>
    public string Repository { get; }

    /// <summary>Start of the range as the user gave it.</summary>
    public string? Start => Spec?.Start?.ToString();

    /// <summary>End of the range as the user gave it.</summary>
    public string? End => Spec?.End?.ToString();

    /// <summary>True for a job that keeps its result current.</summary>
    public bool IsLive => Spec?.IsLive ?? false;

    /// <summary>When this session made the job.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>Server and repository that the job was made on; null for a job that this session did not make.</summary>
    public ServerConnection? Connection { get; }

    internal QueryJobSpec? Spec { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
