namespace LogScalePaging.Export.Manifest;

/// <summary>The query jobs of an export.</summary>
/// <param name="Created">Created jobs, including those that replaced another one.</param>
/// <param name="Deleted">Jobs that were deleted, or no longer existed.</param>
/// <param name="Recreated">Jobs that replaced an expired or cancelled one.</param>
public sealed record ManifestJobs(long Created, long Deleted, long Recreated);
