using System.Collections.Concurrent;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// What is known about the result buffers of a server, while a connection lasts. The largest buffer is found once per repository. Whether
/// a query accepts it, and the order of its answer, are found once per query.
/// </summary>
internal sealed class KnownBuffers
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<string, ResultBuffer> _buffers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _largest = new(StringComparer.Ordinal);

    /// <summary>The largest buffer to try; null if nothing is known.</summary>
    public int? Largest(string repository) => _largest.TryGetValue(repository, out var largest) ? largest : null;

    /// <summary>What is known for this query and these fields; null if nothing is known.</summary>
    public ResultBuffer? Find(WalkIdentity asked, IReadOnlyList<string>? fields) =>
        _buffers.TryGetValue(Key(asked, fields), out var buffer) ? buffer : null;

    /// <summary>Saves what was found.</summary>
    public void Keep(WalkIdentity asked, IReadOnlyList<string>? fields, ResultBuffer buffer)
    {
        if (_buffers.Count >= Most)
            _buffers.Clear();
        _buffers[Key(asked, fields)] = buffer;
        _largest[asked.Repository] = buffer.Capacity;
    }

    private static string Key(WalkIdentity asked, IReadOnlyList<string>? fields) =>
        string.Join("\n", [asked.Repository, asked.QueryHash, .. fields ?? []]);
}
