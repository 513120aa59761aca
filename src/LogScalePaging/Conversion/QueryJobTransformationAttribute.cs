using System.Collections;
using System.Management.Automation;

namespace LogScalePaging;

/// <summary>
/// Takes a job as the object that <c>New-QueryJob</c> or <c>Get-QueryJob</c> emitted, as its id, as any object with an id, or as a list of these.
/// An id of this session's own brings back all that is known of the job.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class QueryJobTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Convert(inputData);

    // What cannot be converted is handed on as it is: PowerShell then says so in its own words.
    private static object? Convert(object? input) => input switch
    {
        PSObject { BaseObject: PSCustomObject } custom => custom.Properties["Id"]?.Value is string id ? OfId(id) : input,
        PSObject wrapped => Convert(wrapped.BaseObject),
        QueryJobStatus status => status.Job,
        string id => OfId(id),
        IEnumerable many => Array.ConvertAll(many.Cast<object?>().ToArray(), Convert),
        _ => input,
    };

    private static QueryJob OfId(string id)
    {
        id = id.Trim();
        if (id.Length == 0)
            throw new ArgumentTransformationMetadataException("The id of a query job is empty.");
        return Session.Current.Find(id) ?? new QueryJob(id, null, null, null, null);
    }
}
