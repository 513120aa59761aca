using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>The run of one slice: an ordinary export of a part of the range, which resumes an earlier run or begins.</summary>
/// <param name="plan">The plan.</param>
/// <param name="index">Index of the slice.</param>
/// <param name="folder">Folder of the slices.</param>
public sealed class SliceRun(ExportPlan plan, int index, string folder)
{
    /// <summary>A run of a slice of a plan on disk.</summary>
    /// <param name="planPath">Path of the plan.</param>
    /// <param name="index">Index of the slice; null for the variables of the engine that started this process.</param>
    /// <param name="folder">Folder of the slices; null for the folder of the plan.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ArgumentException">The index is missing, or two differ.</exception>
    /// <exception cref="PlanException">The plan was changed, belongs to another version, or does not have this slice.</exception>
    /// <exception cref="ExportException">There is no plan or no folder.</exception>
    public static SliceRun Load(string planPath, int? index, string? folder, Func<string, string?> environment)
    {
        var number = SliceIndex.Of(index, environment);
        var plan = ExportPlan.Load(planPath);
        EnsureVersion(plan);
        if (number < 0 || number >= plan.Slices.Count)
            throw new PlanException(FormattableString.Invariant(
                $"The plan has no slice {number}. It has {plan.Slices.Count:N0} slices, with the indexes 0 to {plan.Slices.Count - 1}."));
        var place = SliceFiles.FolderOf(planPath, folder);
        return Directory.Exists(place)
            ? new SliceRun(plan, number, place)
            : throw new ExportException(ExportErrorKind.FolderMissing, place,
                $"The folder '{place}' does not exist. Create it, or choose another one.");
    }

    /// <summary>The plan.</summary>
    public ExportPlan Plan { get; } = plan;

    /// <summary>The output of the slice.</summary>
    public ExportTarget Target { get; } = new SliceFiles(plan, folder).Target(index);

    /// <summary>The slice for messages.</summary>
    public string Title => Plan.Slices[index].Text(Plan.Schema.TimeUnit);

    /// <summary>
    /// The export of the slice, for <see cref="ExportRun"/>. A finished slice is its result at once, unless records are missing in it: it
    /// is then fetched again.
    /// </summary>
    /// <param name="connection">The server.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanException">The connection is to another server, or the files of the slice belong to something else.</exception>
    /// <exception cref="PagingException">The sign-in failed.</exception>
    public async Task<ExportRequest> RequestAsync(SearchConnection connection, SignalLog signals, CancellationToken cancellationToken)
    {
        await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        EnsureServer(Plan, connection);
        var (start, end) = Plan.RequestOf(Plan.Slices[index]);
        var search = connection.Restore(Plan.Search(start, end)).Within(Plan.Budget.Jobs);
        var target = Target with { Force = IsIncomplete() };
        return new ExportRequest(search, target)
        {
            Resume = true,
            OrBegin = true,
            Plan = Plan.PlanId,
            Slice = index,
            NoOperator = Plan.NoOperator,
        };
    }

    /// <summary>Keeps a connection within the requests of a slice until the result is disposed.</summary>
    public IDisposable Limit(SearchConnection connection) => connection.Transport.Governor.LimitMinute(Plan.Budget.RequestsPerMinute);

    /// <summary>The failure of a slice. Another output in its place means that the plan does not fit.</summary>
    public Exception Explain(Exception failure) => failure switch
    {
        ExportException { Kind: ExportErrorKind.OutputExists } => new PlanException(
            $"'{Target.Path}' was changed, or is not {Title} of this plan. Move it, its manifest and its checksums away, "
                + "then run the slice again.", failure)
        { Slices = [index] },
        ExportException { Kind: ExportErrorKind.Damaged } or Paging.Positions.CheckpointMismatchException => new PlanException(
            $"'{Target.PartialPath}' was changed, or is not {Title} of this plan. Move it away, then run the slice again.", failure)
        { Slices = [index] },
        _ => failure,
    };

    /// <exception cref="PlanException">Another version of this tool made the plan.</exception>
    internal static void EnsureVersion(ExportPlan plan)
    {
        if (plan.Version != ToolInfo.Version)
            throw new PlanException($"The plan was made by version {Common.Printable.Line(plan.Version)} of this tool, and this is version "
                + $"{ToolInfo.Version}. Use the same version for the plan and all slices.");
    }

    /// <exception cref="PlanException">The connection is to another server or tenant than that of the plan.</exception>
    internal static void EnsureServer(ExportPlan plan, SearchConnection connection)
    {
        Compare("system", plan.System, connection.System);
        Compare("server", plan.Host, connection.Transport.Host);
        Compare("tenant", plan.Tenant ?? "(none)", connection.Tenant ?? "(none)");

        static void Compare(string what, string planned, string asked)
        {
            if (planned != asked)
                throw new PlanException($"The plan is for the {what} {Common.Printable.Line(planned)}, but this connection is to "
                    + $"{Common.Printable.Line(asked)}.");
        }
    }

    // The server may have the missing records now. The old file stays until the new one is complete.
    private bool IsIncomplete()
    {
        if (!File.Exists(Target.ManifestPath) || ManifestReader.TryLoad(Target.ManifestPath) is not { } manifest)
            return false;
        if (manifest.Plan != Plan.PlanId || manifest.Slice != index || manifest.Version != Plan.Version)
            throw new PlanException(
                $"'{Target.ManifestPath}' is not the manifest of {Title} of this plan. Move it away, or choose another folder.")
            { Slices = [index] };
        return manifest.State == nameof(CompletenessState.Incomplete);
    }
}
