using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LogScalePaging.Common;
using LogScalePaging.Json;

namespace LogScalePaging.Records.Identities;

/// <summary>
/// The identity of an item for finding repeats: a hash of its id and time, and a hash of its bytes. Both have random keys of this
/// process, so that a server cannot prepare items that collide. They are never stored, because another process has other keys.
/// </summary>
/// <remarks>
/// The id is hashed with SipHash and the bytes with XXH3, 64 bits each. SipHash is as fast for short texts such as an id, and does not
/// need a library to be compiled first. Two different items are confused only if both hashes collide.
/// </remarks>
internal readonly record struct ItemIdentity
{
    private static readonly (ulong Id, ulong Time, long Record) s_keys = NewKeys();

    private ItemIdentity(ulong id, ulong record) => (Id, Record) = (id, record);

    /// <summary>An item without an id, which cannot be compared with others.</summary>
    public static ItemIdentity None => default;

    /// <summary>Hash of the id and the time; 0 when there is no id.</summary>
    public ulong Id { get; }

    /// <summary>Hash of the bytes; 0 when only the id is compared.</summary>
    public ulong Record { get; }

    /// <summary>True when the item has no id.</summary>
    public bool IsNone => Id == 0;

    /// <summary>The identity of an item.</summary>
    /// <param name="id">Its id; empty if it has none.</param>
    /// <param name="record">All of its bytes; empty to compare by id alone.</param>
    /// <param name="time">Its time. Items with one id and two times are two items.</param>
    [MethodImpl(HotPath.Method)]
    public static ItemIdentity Of(ReadOnlySpan<byte> id, ReadOnlySpan<byte> record, long? time = null)
    {
        if (id.IsEmpty)
            return None;
        var idHash = Utf8Hash.Of(id, (s_keys.Id, s_keys.Time ^ (ulong)(time ?? 0)));
        var recordHash = record.IsEmpty ? 0 : OfRecord(record);
        return new ItemIdentity(idHash == 0 ? 1 : idHash, recordHash);
    }

    // In a separate method, so that XXH3 is loaded only if bytes are hashed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfRecord(ReadOnlySpan<byte> record) => XxHash3.HashToUInt64(record, s_keys.Record);

    private static (ulong Id, ulong Time, long Record) NewKeys()
    {
        var bytes = new byte[3 * sizeof(long)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return (BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, sizeof(long)), BitConverter.ToInt64(bytes, 2 * sizeof(long)));
    }
}
