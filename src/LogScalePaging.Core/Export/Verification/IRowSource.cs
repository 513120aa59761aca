namespace LogScalePaging.Export.Verification;

/// <summary>Reads the rows of a file that is to be verified. Errors do not end it where it can go on.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>What is wrong with the form of the file.</summary>
    Failures Form { get; }

    /// <summary>The header of a csv; null where there is none.</summary>
    IReadOnlyList<string>? Header { get; }

    /// <summary>The next row.</summary>
    /// <returns>False at the end.</returns>
    bool Next(out RowIdentity row);
}
