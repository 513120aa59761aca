namespace LogScalePaging.Export.Verification;

/// <summary>Reads the rows of a file for verification. It continues after an error if that is possible.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>What is wrong with the form of the file.</summary>
    Failures Form { get; }

    /// <summary>The header of a csv; null without a header.</summary>
    IReadOnlyList<string>? Header { get; }

    /// <summary>The next row.</summary>
    /// <returns>False at the end.</returns>
    bool Next(out RowIdentity row);
}
