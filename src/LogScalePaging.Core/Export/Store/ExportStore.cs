using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Output;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Store;

/// <summary>
/// The files of an export until its output is complete: <c>OUTPUT.partial</c> with its parts, its checkpoint and its lock. Many walks can
/// write their lanes in parallel. Disposing releases the lock and keeps everything for a resumption.
/// </summary>
public sealed class ExportStore : IDisposable
{
    private readonly ExportTarget _target;
    private readonly PartialFolder _folder;
    private readonly FileGuard _guard;
    private readonly ExportLock _lock;
    private readonly Action<string> _step;
    private readonly StateKeeper _state;
    private readonly OpenParts _parts;
    private readonly StoreOutput _output;
    private bool _disposed;

    private ExportStore(ExportTarget target, ExportState state, PartialFolder folder, FileGuard guard, ExportLock @lock,
        Action<string>? step)
    {
        (_target, _folder, _guard, _lock, _step) = (target, folder, guard, @lock, step ?? (_ => { }));
        _state = new StateKeeper(state, folder, guard, _step);
        _parts = new OpenParts(folder, guard, state.Schema.Order, _step);
        _output = new StoreOutput(target, folder, guard, _state, _step);
    }

    /// <summary>The current state. The one on disk may be one change behind.</summary>
    public ExportState State => _state.State;

    /// <summary>Parts that a resumption dropped because they were damaged. They are fetched again.</summary>
    public IReadOnlyList<PartRecord> DroppedParts { get; private set; } = [];

    /// <summary>
    /// The manifest of an output that was complete when an earlier run was interrupted. A resumption has renamed both, and only <see
    /// cref="Complete"/> remains to be called. Null if there is more to do.
    /// </summary>
    public ExportManifest? Published => _output.Published;

    /// <summary>True when there is a run to resume for this output.</summary>
    public static bool Exists(ExportTarget target) => new PartialFolder(target.PartialPath).HasCheckpoint;

    /// <summary>Reads the state of an interrupted or running export, without changing it.</summary>
    /// <param name="outputPath">Path of the output.</param>
    /// <exception cref="ExportException">There is no state, or it cannot be read.</exception>
    public static ExportState Peek(string outputPath)
    {
        var target = new ExportTarget { Path = outputPath, Format = ExportFormat.Json };
        return StoreOpening.Load(target, new PartialFolder(target.PartialPath), new FileGuard(target));
    }

    /// <summary>Begins an export.</summary>
    /// <param name="target">
    /// The target. With <see cref="ExportTarget.Force"/>, an earlier run that could be resumed is deleted. An old output stays until the
    /// new one is complete.
    /// </param>
    /// <param name="state">The export. Format, fields, limits of a file and the permission to replace come from the target.</param>
    /// <exception cref="ExportException">It cannot begin. The kind and the message say why.</exception>
    public static ExportStore Create(ExportTarget target, ExportState state) => Create(target, state, step: null);

    internal static ExportStore Create(ExportTarget target, ExportState state, Action<string>? step)
    {
        var (folder, guard, @lock) = StoreOpening.Begin(target);
        var store = new ExportStore(target, state with
        {
            Format = target.Format,
            Bom = target.Bom,
            TimestampFormat = target.TimestampFormat,
            Property = target.Property,
            ExcludeProperty = target.ExcludeProperty,
            MaxFileSize = target.MaxFileSize,
            MaxFileEvents = target.MaxFileEvents,
            Replace = target.Force,
        }, folder, guard, @lock, step);
        try
        {
            store._state.Save();
            return store;
        }
        catch
        {
            @lock.Dispose();
            folder.Remove();
            throw;
        }
    }

    /// <summary>Continues a run that broke off. Damaged parts are dropped: see <see cref="DroppedParts"/>.</summary>
    /// <param name="target">The target of the earlier run.</param>
    /// <param name="check">
    /// Gets the saved state. It throws <see cref="CheckpointMismatchException"/> if the state belongs to another export, and else returns
    /// it with one more resumption.
    /// </param>
    /// <exception cref="ExportException">
    /// There is nothing to resume, or the resumption cannot begin. The kind and the message say why.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">The format or the fields differ, or <paramref name="check"/> says so.</exception>
    public static ExportStore Resume(ExportTarget target, Func<ExportState, ExportState> check) => Resume(target, check, step: null);

    internal static ExportStore Resume(ExportTarget target, Func<ExportState, ExportState> check, Action<string>? step)
    {
        var (folder, guard, @lock) = StoreOpening.Reopen(target);
        try
        {
            var saved = StoreOpening.Load(target, folder, guard);
            StoreOpening.EnsureFits(saved, target);
            var state = check(saved);
            var store = new ExportStore(target, state with { Replace = saved.Replace || target.Force }, folder, guard, @lock, step);
            store.TakeOver();
            return store;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Begins a part of a lane.</summary>
    /// <param name="laneName">The lane.</param>
    /// <param name="alone">True if no other part is written at the same time. It is then written on another core.</param>
    /// <param name="isWhole">True if it has all events. It may then be the output, and its SHA-256 is computed.</param>
    /// <exception cref="ExportException">The file cannot be made.</exception>
    public PartWriter OpenPart(string laneName, bool alone = false, bool isWhole = false)
    {
        var lane = State.Lanes.FirstOrDefault(l => l.Name == laneName)
            ?? throw new ArgumentException($"The export has no lane '{laneName}'.", nameof(laneName));
        return _parts.Open(lane, alone, isWhole && Assembler.MayAdopt(_target) ? HashKind.Sha256 : HashKind.XxHash128);
    }

    /// <summary>
    /// Saves a part: flushes it to the disk, renames it, and adds it to the checkpoint. After this, no crash can lose it.
    /// </summary>
    /// <param name="part">The part. It is closed in any case. An empty one leaves no file if its lane is done.</param>
    /// <param name="next">The position after the part; null if the lane ends here.</param>
    /// <param name="laneDone">True when nothing of the lane is left to fetch.</param>
    /// <param name="duplicates">Repeated events dropped since the last part of the lane.</param>
    /// <param name="notes">Observations about its events.</param>
    /// <param name="counted">Events that the server counted in the lane when it was read; null without a count.</param>
    /// <exception cref="ExportException">The disk is full or fails. The state is unchanged.</exception>
    public void CommitPart(PartWriter part, Checkpoint? next, bool laneDone, long duplicates = 0, RowNotes notes = default,
        long? counted = null)
    {
        PartRecord? record = null;
        if (part.Rows == 0 && laneDone)
            _parts.Discard(part);
        else
            record = _parts.Keep(part, next, duplicates, notes);
        _step("part renamed");
        Update(state => state.WithLane(part.Lane, lane => lane with
        {
            Parts = record is null ? lane.Parts : [.. lane.Parts, record],
            Done = laneDone,
            Counted = counted ?? lane.Counted,
        }) with
        { Duplicates = state.Duplicates + duplicates });
    }

    /// <summary>Deletes the parts of a lane, so that it is fetched again.</summary>
    public void EmptyLane(string name)
    {
        var parts = State.Lanes.First(l => l.Name == name).Parts;
        Update(state => state.WithLane(name, lane => lane with { Parts = [], Done = false }) with
        {
            Duplicates = Math.Max(0, state.Duplicates - parts.Sum(p => p.Duplicates)),
        });
        foreach (var part in parts)
            DurableFile.TryDelete(_folder.In(part.File));
    }

    /// <summary>Deletes a part.</summary>
    public void DiscardPart(PartWriter part) => _parts.Discard(part);

    /// <summary>
    /// Changes the state, and saves it by default. Calls can come from many threads. One write serves all that wait for it.
    /// </summary>
    /// <param name="change">Makes the new state from the current one. Called under a lock, so it must be quick.</param>
    /// <param name="save">False if a later change will save this one too.</param>
    /// <exception cref="ExportException">It could not be saved; the checkpoint on disk is the last one.</exception>
    public void Update(Func<ExportState, ExportState> change, bool save = true)
    {
        _state.Update(
            state =>
            {
                var changed = change(state);
                if (!ReferenceEquals(changed.Lanes, state.Lanes))
                    _output.PartsChanged();
                return changed;
            },
            save);
    }

    /// <summary>
    /// Builds the output from the parts under a temporary name, while something else is still running. No part may be added after it.
    /// </summary>
    /// <inheritdoc cref="Assemble"/>
    public void Build(SignalLog signals, IProgress<long>? progress, CancellationToken cancellationToken) =>
        _output.Build(signals, progress, cancellationToken);

    /// <summary>Deletes the result of <see cref="Build"/>.</summary>
    public void Unbuild() => _output.Unbuild();

    /// <summary>
    /// Builds the output from the parts, unless that was done already, and renames it. If it is called again, or after a crash before the
    /// manifest was renamed, it returns the existing output.
    /// </summary>
    /// <param name="signals">Receives warnings for readers of the output.</param>
    /// <param name="progress">Receives the number of written events.</param>
    /// <param name="cancellationToken">Stops it. The export can still be resumed.</param>
    /// <param name="describe">Makes the manifest, which is saved before the first name changes and gets its own name last;
    /// null for an output without one.</param>
    /// <exception cref="ExportException">
    /// It cannot be written, or another output was created there meanwhile. The parts are kept.
    /// </exception>
    public FinishedExport Assemble(SignalLog signals, IProgress<long>? progress, CancellationToken cancellationToken,
        Func<FinishedExport, ExportManifest>? describe = null) => _output.Assemble(signals, progress, describe, cancellationToken);

    /// <summary>Ends the export after its manifest is written: deletes <c>OUTPUT.partial</c>.</summary>
    public void Complete() => Delete();

    /// <summary>Deletes <c>OUTPUT.partial</c>, because nothing in it is needed.</summary>
    public void Delete()
    {
        _parts.DiscardAll();
        try
        {
            _folder.Empty();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw _guard.Translate(e, _folder.Path);
        }
        Abandon();
        _folder.Remove();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _parts.DiscardAll();
        Abandon();
    }

    /// <summary>Releases the lock and does nothing else, as the end of the process would.</summary>
    internal void Abandon()
    {
        _disposed = true;
        _lock.Dispose();
    }

    private void TakeOver()
    {
        _guard.SafeEvents = State.Rows;
        if (_output.TryFinish())
            return;
        var state = _output.Recognise(State);
        if (!_output.Stands)
        {
            state = PartCheck.DropBroken(state, _folder, out var dropped);
            DroppedParts = dropped;
        }
        _folder.Sweep(state);
        _state.Update(_ => state, save: true);
    }
}
