using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Store;

/// <summary>Holds the state of an export, in memory and on disk, for many threads. One write serves all that wait for it.</summary>
internal sealed class StateKeeper(ExportState state, PartialFolder folder, FileGuard guard, Action<string> step)
{
    private readonly object _gate = new();
    private readonly object _saving = new();
    private ExportState _state = state;
    private long _version = 1;
    private long _savedVersion;

    /// <summary>The current state. The one on disk may be older.</summary>
    public ExportState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Changes the state, and saves it unless a later change will.</summary>
    public void Update(Func<ExportState, ExportState> change, bool save)
    {
        long version;
        lock (_gate)
        {
            _state = change(_state);
            version = ++_version;
        }
        if (save)
            Save(version);
    }

    /// <exception cref="ExportException">It could not be saved; the checkpoint on disk is the last one.</exception>
    public void Save(long version = 1)
    {
        lock (_saving)
        {
            if (_savedVersion >= version)
                return;
            ExportState state;
            lock (_gate)
                (state, version) = (_state, _version);
            try
            {
                DurableFile.Write(folder.CheckpointPath, CheckpointFile.Serialize(state), step);
            }
            catch (Exception e) when (FileErrors.Is(e))
            {
                throw guard.Translate(e, folder.CheckpointPath);
            }
            _savedVersion = version;
            guard.SafeEvents = state.Rows;
            step("checkpoint saved");
        }
    }
}
