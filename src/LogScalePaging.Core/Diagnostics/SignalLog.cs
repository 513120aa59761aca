using LogScalePaging.Common;

namespace LogScalePaging.Diagnostics;

/// <summary>
/// Counts signals by kind, keeps the warnings, and passes each signal to the listeners. Safe for many threads. Listeners are called on
/// the thread that emits the signal. A listener that needs another thread must queue.
/// </summary>
/// <param name="time">The clock for the time of signals; null for the system's.</param>
public sealed class SignalLog(TimeProvider? time = null)
{
    private const int KeptWarnings = 1000;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly object _gate = new();
    private readonly Dictionary<SignalKind, long> _counts = [];
    private readonly List<PagingSignal> _warnings = [];
    private readonly List<PagingSignal> _later = [];
    private Func<string, string>[] _cleaners = [];
    private long _bytesReceived;

    /// <summary>Called for every signal, on the emitting thread. A listener must not throw.</summary>
    public event Action<PagingSignal>? Emitted;

    /// <summary>Called for every signal of every log, so that the tests can look for secrets in all of them.</summary>
    internal static event Action<PagingSignal>? EmittedByAny;

    /// <summary>Bytes of answers read so far, as they came over the wire.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>How often each kind was emitted so far, by the sum of <see cref="PagingSignal.Count"/>.</summary>
    public IReadOnlyDictionary<SignalKind, long> Counts
    {
        get
        {
            lock (_gate)
                return new Dictionary<SignalKind, long>(_counts);
        }
    }

    /// <summary>The distinct warnings so far, at most 1,000. The counts have no limit.</summary>
    public IReadOnlyList<PagingSignal> Warnings
    {
        get
        {
            lock (_gate)
                return [.. _warnings];
        }
    }

    /// <summary>How often one kind was emitted so far.</summary>
    public long CountOf(SignalKind kind)
    {
        lock (_gate)
            return _counts.TryGetValue(kind, out var count) ? count : 0;
    }

    /// <summary>Passes every later message through a cleaner. A cleaner that is added twice runs once.</summary>
    internal void CleanWith(Func<string, string> cleaner)
    {
        lock (_gate)
        {
            if (Array.IndexOf(_cleaners, cleaner) < 0)
                _cleaners = [.. _cleaners, cleaner];
        }
    }

    /// <summary>Free text without the secrets of the connections that use this log.</summary>
    internal string Clean(string text)
    {
        foreach (var cleaner in Volatile.Read(ref _cleaners))
            text = cleaner(text);
        return text;
    }

    /// <summary>Adds to the bytes read.</summary>
    internal void AddReceived(long bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    /// <summary>Emits a signal for the verbose stream.</summary>
    public void Verbose(SignalKind kind, string message, long count = 1) => Emit(kind, SignalLevel.Verbose, message, count);

    /// <summary>Emits a signal that the user must see.</summary>
    public void Warn(SignalKind kind, string message, long count = 1) => Emit(kind, SignalLevel.Warning, message, count);

    /// <summary>
    /// Counts and keeps a warning at once, and passes it to the listeners with <see cref="EmitLater"/>. For what concerns a file that does
    /// not
    /// have its name yet: a user who ends on warnings must not lose the file.
    /// </summary>
    internal void WarnLater(SignalKind kind, string message, long count = 1) =>
        Emit(kind, SignalLevel.Warning, message, count, later: true);

    /// <summary>Passes on the warnings that waited.</summary>
    internal void EmitLater()
    {
        PagingSignal[] waiting;
        lock (_gate)
        {
            waiting = [.. _later];
            _later.Clear();
        }
        foreach (var signal in waiting)
            Emitted?.Invoke(signal);
    }

    private void Emit(SignalKind kind, SignalLevel level, string message, long count, bool later = false)
    {
        var signal = new PagingSignal(kind, level, Printable.Line(Clean(message)), count, _time.GetUtcNow());
        EmittedByAny?.Invoke(signal);
        lock (_gate)
        {
            _counts[kind] = (_counts.TryGetValue(kind, out var before) ? before : 0) + count;
            // The same server warning comes with every poll. It is kept once.
            if (level == SignalLevel.Warning)
            {
                if (_warnings.Exists(w => w.Kind == kind && w.Message == signal.Message))
                    return;
                if (_warnings.Count < KeptWarnings)
                    _warnings.Add(signal);
            }
            if (later)
                _later.Add(signal);
        }
        Telemetry.Count(kind, count);
        if (!later)
            Emitted?.Invoke(signal);
    }
}
