using System.Runtime.CompilerServices;
using System.Text;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Makes strings from values. Short values are often repeated (host names, event names, versions). Recent ones are reused, which saves
/// most of the memory of a large result.
/// </summary>
internal sealed class SharedValues
{
    private const int LongestShared = 48;
    private const int Slots = 4096;
    private readonly Slot[] _recent = new Slot[Slots];

    /// <summary>The text of a JSON string without its quotes.</summary>
    [MethodImpl(HotPath.Method)]
    public string Decode(ReadOnlySpan<byte> inner) => inner.IndexOf((byte)'\\') < 0 ? Get(inner) : RecordText.Decode(inner);

    /// <summary>The text of bytes without escapes.</summary>
    [MethodImpl(HotPath.Method)]
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestShared)
            return Plain(utf8);
        if (utf8.IsEmpty)
            return "";
        var hash = Utf8Hash.Of(utf8);
        ref var slot = ref _recent[Utf8Hash.Slot(hash, Slots)];
        if (slot.Hash != hash)
        {
            // Most values are never repeated. Only a repeated value is worth keeping.
            slot = new Slot { Hash = hash };
            return Plain(utf8);
        }
        if (slot.Raw is { } raw && utf8.SequenceEqual(raw.AsSpan()))
            return slot.Text!;
        (slot.Raw, slot.Text) = (utf8.ToArray(), Plain(utf8));
        return slot.Text;
    }

    // Bad UTF-8 becomes U+FFFD.
    private static string Plain(ReadOnlySpan<byte> utf8) =>
#if NETSTANDARD2_0
        Encoding.UTF8.GetString(utf8.ToArray());
#else
        Encoding.UTF8.GetString(utf8);
#endif

    private struct Slot
    {
        public ulong Hash;
        public byte[]? Raw;
        public string? Text;
    }
}
