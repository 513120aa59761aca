using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LogScalePaging.Common;

namespace LogScalePaging.Records;

/// <summary>
/// What makes an item the same item when it comes again: a hash of its id and time, and a hash of its bytes. Both are keyed with random
/// numbers of this process, so a server cannot prepare items that collide. Never stored: another process has other keys.
/// </summary>
/// <remarks>The hash is XXH3 (64 bits each). Two different items are taken for one only when both hashes collide.</remarks>
public readonly record struct ItemIdentity
{
    private static readonly (long Id, long Record) s_keys = NewKeys();

    private ItemIdentity(ulong id, ulong record) => (Id, Record) = (id, record);

    /// <summary>An item that cannot be told from others: it has no id.</summary>
    public static ItemIdentity None => default;

    /// <summary>Hash of the id and the time; 0 when there is no id.</summary>
    public ulong Id { get; }

    /// <summary>Hash of the bytes; 0 when only the id is compared.</summary>
    public ulong Record { get; }

    /// <summary>True when the item has no id.</summary>
    public bool IsNone => Id == 0;

    /// <summary>The identity of an item.</summary>
    /// <param name="id">Its id; empty when it has none.</param>
    /// <param name="record">All of its bytes; empty to compare by id alone.</param>
    /// <param name="time">Its time. Items of one id at two times are two items.</param>
    [MethodImpl(HotPath.Method)]
    public static ItemIdentity Of(ReadOnlySpan<byte> id, ReadOnlySpan<byte> record, long? time = null)
    {
        if (id.IsEmpty)
            return None;
        var idHash = XxHash3.HashToUInt64(id, s_keys.Id ^ (time ?? 0));
        var recordHash = record.IsEmpty ? 0 : XxHash3.HashToUInt64(record, s_keys.Record);
        return new ItemIdentity(idHash == 0 ? 1 : idHash, recordHash);
    }

    private static (long Id, long Record) NewKeys()
    {
        var bytes = new byte[2 * sizeof(long)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return (BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, sizeof(long)));
    }
}
