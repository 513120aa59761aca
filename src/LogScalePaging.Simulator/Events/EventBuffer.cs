namespace LogScalePaging.Simulator.Events;

/// <summary>
/// Events as UTF-8 JSON, each followed by a line feed, in chunks of fixed size. Bytes that were appended never move, so an answer can be
/// sent directly from here. One writer at a time.
/// </summary>
internal sealed class EventBuffer
{
    public const int ChunkBits = 22;
    public const int ChunkSize = 1 << ChunkBits;
    public const int ChunkMask = ChunkSize - 1;

    private readonly List<byte[]> _chunks = [];
    private int _used = ChunkSize;

    /// <summary>The chunks so far; take a new one after appending.</summary>
    public byte[][] Chunks => [.. _chunks];

    /// <summary>Appends an event and its line feed, and returns its address.</summary>
    public long Append(ReadOnlySpan<byte> json)
    {
        var length = json.Length + 1;
        if (length > ChunkSize)
            throw new ArgumentException($"An event of {length} bytes is larger than the {ChunkSize} that the store takes.", nameof(json));
        if (_used + length > ChunkSize)
        {
            _chunks.Add(new byte[ChunkSize]);
            _used = 0;
        }
        var chunk = _chunks[_chunks.Count - 1];
        json.CopyTo(chunk.AsSpan(_used));
        chunk[_used + json.Length] = (byte)'\n';
        var address = ((long)(_chunks.Count - 1) << ChunkBits) | (long)_used;
        _used += length;
        return address;
    }
}
