namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>The endpoint that returns the full records for the ids of a family.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsPost">True if the ids are sent in a body; false for parameters.</param>
/// <param name="Ids">Name of the list of ids in the request.</param>
/// <param name="Most">Maximum number of ids in one request.</param>
/// <param name="IdentityField">The field of a record that has its id.</param>
internal sealed record FalconDetails(string Path, bool IsPost, string Ids, int Most, string IdentityField);
