using System.Collections.Concurrent;
using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Commands;

/// <summary>
/// Passes messages of the engine from any thread to the streams of a cmdlet. Only the pipeline thread may write to them.
/// </summary>
internal sealed class CommandVoice : IDisposable
{
    private static readonly TimeSpan s_progressEvery = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentQueue<PagingSignal> _signals = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly AutoResetEvent _news = new(false);
    private readonly long _began;
    private long _started;
    private Func<ProgressRecord>? _next;
    private Func<ProgressRecord>? _told;
    private ProgressRecord? _shown;
    private long _shownAt;

    public CommandVoice(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        Signals = new SignalLog(_time);
        _began = _time.GetTimestamp();
        BeginItem();
    }

    /// <summary>The log of the current item, whose signals are shown.</summary>
    public SignalLog Signals { get; private set; }

    /// <summary>Starts a new log and a new clock, so that the warnings and counts of one item are not those of the next one.</summary>
    public void BeginItem()
    {
        _started = _time.GetTimestamp();
        Signals = new SignalLog(_time);
        Signals.Emitted += signal =>
        {
            _signals.Enqueue(signal);
            Wake();
        };
    }

    /// <summary>Time since the item began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Time since the command began.</summary>
    public TimeSpan CommandElapsed => _time.GetElapsedTime(_began);

    /// <summary>Shows the progress of a search.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="limit">Maximum number of events; null for all.</param>
    public ProgressNotes Progress(string activity, long? limit) => new(this, activity, limit);

    /// <summary>Stores progress, to be shown as soon as possible. Callable on any thread.</summary>
    public void Note(ProgressRecord record) => Note(() => record);

    /// <summary>
    /// Stores progress that is formatted only when it is shown, because reports are more frequent. Callable on any thread.
    /// </summary>
    public void Note(Func<ProgressRecord> record)
    {
        Volatile.Write(ref _next, record);
        Wake();
    }

    /// <summary>
    /// Writes a line to the verbose stream as soon as possible. It is not a signal of the engine. Callable on any thread.
    /// </summary>
    public void Verbose(string line)
    {
        _lines.Enqueue(line);
        Wake();
    }

    /// <summary>Waits for a task on the pipeline thread, and shows messages meanwhile.</summary>
    public void SpeakUntil(Task task)
    {
        if (!task.IsCompleted)
        {
            _ = task.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (!task.IsCompleted)
            {
                _news.WaitOne();
                Speak();
            }
        }
        Speak();
    }

    /// <summary>Shows new messages. Call it on the pipeline thread.</summary>
    public void Speak()
    {
        if (_cmdlet.Stopping)
            return;
        while (_lines.TryDequeue(out var line))
            _cmdlet.WriteVerbose(line);
        while (_signals.TryDequeue(out var signal))
        {
            var message = OptionNames.ForPowerShell(signal.Message);
            if (signal.Level == SignalLevel.Warning)
                _cmdlet.WriteWarning(message);
            else
                _cmdlet.WriteVerbose(message);
        }
        if (Volatile.Read(ref _next) is not { } next || ReferenceEquals(next, _told))
            return;
        // The host draws each record, so more than a few per second would slow down the events.
        if (_shown is not null && _time.GetElapsedTime(_shownAt) < s_progressEvery)
            return;
        (_told, _shown) = (next, next());
        _cmdlet.WriteProgress(_shown);
        _shownAt = _time.GetTimestamp();
    }

    /// <summary>Shows the remaining messages and removes the progress bar.</summary>
    public void Finish()
    {
        Speak();
        if (_shown is null || _cmdlet.Stopping)
            return;
        _cmdlet.WriteProgress(new ProgressRecord(_shown.ActivityId, _shown.Activity, "done") { RecordType = ProgressRecordType.Completed });
        _shown = null;
        Volatile.Write(ref _next, null);
    }

    public void Dispose() => _news.Dispose();

    private void Wake()
    {
        try
        {
            _news.Set();
        }
        catch (ObjectDisposedException)
        {
            // The last signals of clean-up, after the pipeline thread has stopped waiting.
        }
    }
}
