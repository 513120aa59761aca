using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Records;

/// <summary>The identity of a record for finding repeats: its id, its time and all its bytes.</summary>
/// <remarks>
/// A query can make several rows of one record, as <c>split()</c> does. They share its id, and each of them is a result.
/// </remarks>
internal static class RecordIdentity
{
    /// <summary>The identity; <see cref="ItemIdentity.None"/> when the record has none.</summary>
    [MethodImpl(HotPath.Method)]
    public static ItemIdentity Of(in Record e) => ItemIdentity.Of(e.RawId.Span, e.Utf8.Span, e.Timestamp);
}
