using System.Runtime.CompilerServices;
using LogScalePaging.Common;

namespace LogScalePaging.Records;

/// <summary>What makes a record the same record: its identity, its time and all its bytes.</summary>
/// <remarks>
/// A query may make several rows of one record, as <c>split()</c> does. They share its identity, and each of them is a result.
/// </remarks>
internal static class EventIdentity
{
    /// <summary>The identity; <see cref="ItemIdentity.None"/> when the record has none.</summary>
    [MethodImpl(HotPath.Method)]
    public static ItemIdentity Of(in EventRecord e) => ItemIdentity.Of(e.RawId.Span, e.Utf8.Span, e.Timestamp);
}
