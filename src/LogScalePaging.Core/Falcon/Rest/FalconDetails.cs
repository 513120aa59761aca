namespace LogScalePaging.Falcon.Rest;

/// <summary>The endpoint that gives the whole records for the ids of a family.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsPost">True when the ids stand in a body; false for parameters.</param>
/// <param name="Ids">Name of the ids there.</param>
/// <param name="Most">Ids in one request at most.</param>
/// <param name="IdentityField">The field of a record that has its id.</param>
internal sealed record FalconDetails(string Path, bool IsPost, string Ids, int Most, string IdentityField);
