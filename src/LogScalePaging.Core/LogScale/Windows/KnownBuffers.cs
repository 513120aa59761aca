using System.Collections.Concurrent;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// What was found out about the result buffers of a server, for as long as a connection lasts. How far one may be widened is asked once
/// for a repository; whether a query takes it at all, and the order of its answer, once for each query.
/// </summary>
internal sealed class KnownBuffers
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<string, ResultBuffer> _buffers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _largest = new(StringComparer.Ordinal);

    /// <summary>The largest buffer that is worth asking for; null when nothing is known.</summary>
    public int? Largest(string repository) => _largest.TryGetValue(repository, out var largest) ? largest : null;

    /// <summary>What was found for this very query and these fields; null when it was not asked.</summary>
    public ResultBuffer? Find(WalkIdentity asked, IReadOnlyList<string>? fields) => _buffers.TryGetValue(Key(asked, fields), out var buffer) ? buffer : null;

    /// <summary>Keeps what was found.</summary>
    public void Keep(WalkIdentity asked, IReadOnlyList<string>? fields, ResultBuffer buffer)
    {
        if (_buffers.Count >= Most)
            _buffers.Clear();
        _buffers[Key(asked, fields)] = buffer;
        _largest[asked.Repository] = buffer.Capacity;
    }

    private static string Key(WalkIdentity asked, IReadOnlyList<string>? fields) => string.Join("\n", [asked.Repository, asked.QueryHash, .. fields ?? []]);
}
