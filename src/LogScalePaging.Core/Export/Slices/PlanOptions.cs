using LogScalePaging.Export.Formats;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Slices;

/// <summary>How an export is cut and written.</summary>
/// <param name="Slices">Number of slices. There are fewer if the records have too few different times.</param>
public sealed record PlanOptions(int Slices)
{
    /// <summary>Format of the slices and of the merged file.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.NdJson;

    /// <summary>Compress the slices with gzip.</summary>
    public bool Compress { get; init; }

    /// <summary>Begin each csv with a byte order mark.</summary>
    public bool Bom { get; init; }

    /// <summary>How the times of records are written.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Fields to keep; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Fields to leave out; null for none.</summary>
    public IReadOnlyList<string>? ExcludeProperty { get; init; }

    /// <summary>Leave accounts and machines out of the manifests of all slices, and of the merge.</summary>
    public bool NoOperator { get; init; }

    /// <summary>Maximum number of parallel query jobs of a slice; null for the default.</summary>
    public int? JobsPerSlice { get; init; }

    /// <summary>Maximum number of requests of a slice in a minute; null for an equal part of the server's limit.</summary>
    public int? RequestsPerSlice { get; init; }

    /// <exception cref="ArgumentException">A value is not valid. The message says which values are.</exception>
    public void EnsureValid()
    {
        if (Slices is < 1 or > ExportPlan.MostSlices)
            throw new ArgumentException(FormattableString.Invariant(
                $"The number of slices must be between 1 and {ExportPlan.MostSlices:N0}, not {Slices:N0}."));
        if (Bom && Format != ExportFormat.Csv)
            throw new ArgumentException($"A byte order mark is only for csv, and the format is {ExportFormats.Name(Format)}.");
        _ = PlanBudget.For(Slices, JobsPerSlice, RequestsPerSlice);
    }
}
