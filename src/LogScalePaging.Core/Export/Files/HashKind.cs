namespace LogScalePaging.Export.Files;

/// <summary>What a hash of a file is for.</summary>
internal enum HashKind
{
    /// <summary>Proof of the output's bytes, for the manifest.</summary>
    Sha256,

    /// <summary>Detects damage of a part, ten times faster. The output is made from the parts, and has a SHA-256.</summary>
    XxHash128,
}
