using System.Collections.Concurrent;
using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Commands;

/// <summary>
/// Carries what the engine says on any thread to the streams of a cmdlet, which only its pipeline thread may write to.
/// </summary>
internal sealed class CommandVoice : IDisposable
{
    private static readonly TimeSpan s_progressEvery = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentQueue<PagingSignal> _signals = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly AutoResetEvent _news = new(false);
    private readonly long _started;
    private Func<ProgressRecord>? _next;
    private Func<ProgressRecord>? _told;
    private ProgressRecord? _shown;
    private long _shownAt;

    public CommandVoice(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _started = _time.GetTimestamp();
        Signals = new SignalLog(_time);
        Signals.Emitted += signal =>
        {
            _signals.Enqueue(signal);
            Wake();
        };
    }

    /// <summary>The log whose signals are shown.</summary>
    public SignalLog Signals { get; }

    /// <summary>Time since the cmdlet was made.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>The progress of a search, to be shown as it comes.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="limit">Events at most; null for all.</param>
    public ProgressNotes Progress(string activity, long? limit) => new(this, activity, limit);

    /// <summary>Notes progress; shown at the next occasion. Callable on any thread.</summary>
    public void Note(ProgressRecord record) => Note(() => record);

    /// <summary>Notes progress that is put into words only when it is shown: reports come far more often. Callable on any thread.</summary>
    public void Note(Func<ProgressRecord> record)
    {
        Volatile.Write(ref _next, record);
        Wake();
    }

    /// <summary>Says a line on the verbose stream at the next occasion. It is no signal of the engine. Callable on any thread.</summary>
    public void Verbose(string line)
    {
        _lines.Enqueue(line);
        Wake();
    }

    /// <summary>Waits for a task on the pipeline thread and shows what comes meanwhile.</summary>
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

    /// <summary>Shows what has come since the last time. On the pipeline thread.</summary>
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
        // The host draws each record: more than a few a second is time taken from the events.
        if (_shown is not null && _time.GetElapsedTime(_shownAt) < s_progressEvery)
            return;
        (_told, _shown) = (next, next());
        _cmdlet.WriteProgress(_shown);
        _shownAt = _time.GetTimestamp();
    }

    /// <summary>Shows the rest and takes the progress bar away.</summary>
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
            // The last signal of clean-up, when nobody listens any more.
        }
    }
}
