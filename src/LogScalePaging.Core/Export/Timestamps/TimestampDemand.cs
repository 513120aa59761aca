namespace LogScalePaging.Export.Timestamps;

/// <summary>What a verification asks of the timestamp of a manifest.</summary>
public sealed record TimestampDemand
{
    /// <summary>The manifest must have a timestamp whose certificate is trusted.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// PEM file with the certificates of the authorities to trust; null for those of the system. With it, a timestamp that exists must be
    /// signed by one of them, even if none is required.
    /// </summary>
    public string? TrustPath { get; init; }
}
