using System.Text;

namespace LogScalePaging.Events;

/// <summary>
/// Makes strings of values. Short values come again and again (host names, event names, versions): those seen lately are handed out again,
/// which saves most of the memory that a large result takes.
/// </summary>
internal sealed class SharedValues
{
    private const int LongestShared = 48;
    private const int Slots = 4096;
    private readonly (byte[] Raw, string Text)[] _recent = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestShared)
            return Decode(utf8);
        if (utf8.IsEmpty)
            return "";
        ref var slot = ref _recent[Hash(utf8) & (Slots - 1)];
        if (slot.Raw is not null && utf8.SequenceEqual(slot.Raw))
            return slot.Text;
        var text = Decode(utf8);
        slot = (utf8.ToArray(), text);
        return text;
    }

    // Bad UTF-8 becomes U+FFFD.
    private static string Decode(ReadOnlySpan<byte> utf8) =>
#if NETSTANDARD2_0
        Encoding.UTF8.GetString(utf8.ToArray());
#else
        Encoding.UTF8.GetString(utf8);
#endif

    private static int Hash(ReadOnlySpan<byte> key)
    {
        var hash = 2166136261u;
        foreach (var b in key)
            hash = (hash ^ b) * 16777619u;
        return (int)(hash & int.MaxValue);
    }
}
