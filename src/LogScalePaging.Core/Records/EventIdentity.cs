using System.Runtime.CompilerServices;
using LogScalePaging.Common;

namespace LogScalePaging.Records;

/// <summary>What makes an event the same event: its <c>@id</c>, its <c>@timestamp</c> and all its bytes.</summary>
/// <remarks>Functions such as <c>split()</c> make several rows of one event. They share its <c>@id</c>, and each of them is a result.</remarks>
internal static class EventIdentity
{
    /// <summary>The identity; <see cref="ItemIdentity.None"/> when the event has no <c>@id</c>.</summary>
    [MethodImpl(HotPath.Method)]
    public static ItemIdentity Of(in EventRecord e) => ItemIdentity.Of(e.RawId.Span, e.Utf8.Span, e.Timestamp);
}
