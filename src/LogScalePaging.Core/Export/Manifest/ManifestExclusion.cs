namespace LogScalePaging.Export.Manifest;

/// <summary>Something that matches the query and is not in the output, or not as the server sent it.</summary>
/// <param name="Kind">What it is, one word that does not change between versions.</param>
/// <param name="Count">How many records it concerns; null if this is not known.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ManifestExclusion(string Kind, long? Count, string Reason);
