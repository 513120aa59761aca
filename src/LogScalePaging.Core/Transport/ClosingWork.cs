using System.Collections.Concurrent;
using LogScalePaging.Common;

namespace LogScalePaging.Transport;

/// <summary>What must be done on a server before a connection is closed, because it needs the connection.</summary>
internal sealed class ClosingWork(TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<Entry, bool> _entries = new();

    /// <summary>Adds work. Disposing the result removes it.</summary>
    /// <param name="owner">The connection that the work needs.</param>
    /// <param name="work">Does it until the token is cancelled. It must not throw.</param>
    public IDisposable Add(Connection owner, Func<CancellationToken, Task> work)
    {
        var entry = new Entry(this, owner, work);
        _entries[entry] = true;
        return entry;
    }

    /// <summary>Does the work, once and for at most 3 s. If another thread does it already, this waits for its end.</summary>
    /// <param name="owner">The connection that is closed; null for all of them.</param>
    public async Task RunAsync(Connection? owner)
    {
        var due = _entries.Keys.Where(e => owner is null || ReferenceEquals(e.Owner, owner)).ToList();
        if (due.Count == 0)
            return;
        using var giveUp = new CancellationTokenSource();
        using var limit = time.CreateTimer(_ => giveUp.TryCancel(), null, s_limit, Timeout.InfiniteTimeSpan);
        await Task.WhenAll(due.Select(e => e.RunAsync(giveUp.Token))).ConfigureAwait(false);
    }

    private sealed class Entry(ClosingWork list, Connection owner, Func<CancellationToken, Task> work) : IDisposable
    {
        private readonly object _gate = new();
        private Task? _running;

        public Connection Owner { get; } = owner;

        public Task RunAsync(CancellationToken giveUp)
        {
            lock (_gate)
                return _running ??= Task.Run(() => work(giveUp), CancellationToken.None);
        }

        public void Dispose() => list._entries.TryRemove(this, out _);
    }
}
