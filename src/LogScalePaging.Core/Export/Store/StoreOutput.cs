using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Output;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Store;

/// <summary>The output of an export: built from its parts, published under its names, and recognised by a resumption.</summary>
internal sealed class StoreOutput
{
    private readonly ExportTarget _target;
    private readonly PartialFolder _folder;
    private readonly FileGuard _guard;
    private readonly StateKeeper _states;
    private readonly Action<string> _step;
    private readonly OutputPlace _place;
    private readonly Publication _publication;
    private ICollection<string> _ours = [];
    private Assembly? _built;

    /// <param name="target">The target.</param>
    /// <param name="folder">The folder of the parts.</param>
    /// <param name="guard">Translates errors of files.</param>
    /// <param name="states">The state on disk.</param>
    /// <param name="step">Called between steps that a crash can separate.</param>
    public StoreOutput(ExportTarget target, PartialFolder folder, FileGuard guard, StateKeeper states, Action<string> step)
    {
        (_target, _folder, _guard, _states, _step) = (target, folder, guard, states, step);
        _place = new OutputPlace(target, folder, guard);
        _publication = new Publication(_place, folder, guard, step);
    }

    /// <summary>True if the output is in place and has all parts.</summary>
    public bool Stands { get; private set; }

    /// <inheritdoc cref="ExportStore.Published"/>
    public ExportManifest? Published { get; private set; }

    /// <summary>Records that the parts changed after the output was made.</summary>
    public void PartsChanged() => Stands = false;

    /// <summary>Finishes the publication that an earlier run began.</summary>
    /// <returns>False if none was begun.</returns>
    public bool TryFinish()
    {
        var state = _states.State;
        if (!_publication.TryFinish(state))
            return false;
        (Published, Stands) = (state.Manifest, true);
        return true;
    }

    /// <summary>Finds out whether the files of an earlier run are in place.</summary>
    /// <param name="saved">The state of the earlier run.</param>
    /// <returns>The state, without a publication that did not begin.</returns>
    /// <exception cref="ExportException">Another output is there.</exception>
    public ExportState Recognise(ExportState saved)
    {
        // Once the old manifest is deleted, only the state knows the other files of the old output.
        var state = saved with { Manifest = null, Surplus = File.Exists(_place.ManifestPath) ? [] : saved.Surplus };
        _ours = state.Finished is { } finished ? _place.Standing(finished.Files) : [];
        _place.EnsureMayPublish(state, _ours, state.Finished);
        Stands = state.Finished is { } whole && _ours.Count == whole.Files.Count;
        return state;
    }

    /// <inheritdoc cref="ExportStore.Build"/>
    public void Build(SignalLog signals, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (!Stands)
            _built = NewAssembler(_states.State).Run(signals, progress, cancellationToken);
    }

    /// <inheritdoc cref="ExportStore.Unbuild"/>
    public void Unbuild()
    {
        _built = null;
        _folder.DeleteOutputs();
    }

    /// <inheritdoc cref="ExportStore.Assemble"/>
    public FinishedExport Assemble(SignalLog signals, IProgress<long>? progress, Func<FinishedExport, ExportManifest>? describe,
        CancellationToken cancellationToken)
    {
        var state = _states.State;
        var stands = Stands && state.Finished is not null;
        var assembly = stands ? Standing(state.Finished!, signals)
            : _built ?? NewAssembler(state).Run(signals, progress, cancellationToken);
        if (stands && describe is null)
            return assembly.Finished;
        _step("assembled");
        _place.EnsureMayPublish(state, _ours, assembly.Finished);
        var manifest = describe?.Invoke(assembly.Finished);
        var surplus = state.Replace
            ? _place.OldFiles().Union(state.Surplus, StringComparer.Ordinal).Except(assembly.Finished.Files.Select(f => f.Path),
                StringComparer.Ordinal)
            : [];
        _states.Update(s => s with { Finished = assembly.Finished, Manifest = manifest, Surplus = [.. surplus] }, save: true);
        _publication.Run(_states.State, assembly.TemporaryPaths, _ours);
        Stands = true;
        return assembly.Finished;
    }

    private Assembler NewAssembler(ExportState state) => new(_target, state, _folder, _guard);

    private Assembly Standing(FinishedExport finished, SignalLog signals)
    {
        FormatWarnings.Formulas(finished.FormulaLikeCells, signals);
        FormatWarnings.TimesKept(finished.TimesKept, signals, later: true);
        InvalidText.Report(finished.InvalidUtf8, signals, later: true);
        FormatWarnings.Columns(_target.Format, finished.Columns, signals);
        FormatWarnings.EmptyFields(finished.EmptyFields, signals);
        return new Assembly(finished, new string?[finished.Files.Count]);
    }
}
