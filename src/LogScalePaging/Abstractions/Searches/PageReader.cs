using LogScalePaging.Events;

namespace LogScalePaging.Commands;

/// <summary>Gets the pages of a walk, on the pipeline thread.</summary>
/// <param name="Take">Gets a page, or a part of it if the objects are made ahead.</param>
/// <param name="Ended">Called after the last page. What it warns of is in the summary.</param>
internal sealed record PageReader(Action<PagePart> Take, Action? Ended = null)
{
    /// <summary>Makes the objects of the records on another thread, ahead of the pipeline; null if <see cref="Take"/> needs none.</summary>
    public ObjectsAhead? Objects { get; init; }
}
