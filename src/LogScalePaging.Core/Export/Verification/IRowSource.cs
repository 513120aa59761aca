namespace LogScalePaging.Export.Verification;

/// <summary>Reads the rows of a file. It continues after an error if that is possible.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>What is wrong with the form of the file.</summary>
    Failures Form { get; }

    /// <summary>The header of a csv; null without a header.</summary>
    IReadOnlyList<string>? Header { get; }

    /// <summary>
    /// The current row as a JSON object, valid until the next call of <see cref="Next"/>. In a row of a csv, the time is a number as in the
    /// server's answer, other cells are strings, and an empty cell is null, because it does not tell a missing field from an empty one.
    /// </summary>
    ReadOnlyMemory<byte> Json { get; }

    /// <summary>The next row.</summary>
    /// <returns>False at the end.</returns>
    bool Next(out RowIdentity row);
}
