using System.Collections;
using System.Management.Automation;

namespace LogScalePaging;

/// <summary>
/// Accepts a job as the object from <c>New-QueryJob</c> or <c>Get-QueryJob</c>, as its id, as any object with an id, or as a list of
/// these. An id of this session is replaced by its job object.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class QueryJobTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Convert(inputData);

    // Other values are passed on unchanged. PowerShell then reports them in its own words.
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
