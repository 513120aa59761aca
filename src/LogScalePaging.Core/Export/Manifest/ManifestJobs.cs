namespace LogScalePaging.Export.Manifest;

/// <summary>The query jobs of an export.</summary>
/// <param name="Created">Made, those made again among them.</param>
/// <param name="Deleted">Deleted, or found gone.</param>
/// <param name="Recreated">Made again because the first died.</param>
public sealed record ManifestJobs(long Created, long Deleted, long Recreated);
