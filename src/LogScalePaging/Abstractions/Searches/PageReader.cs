using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Commands;

/// <summary>Gets the pages of a walk, on the pipeline thread.</summary>
/// <param name="Take">Gets a page.</param>
/// <param name="Ended">Called after the last page. What it warns of is in the summary.</param>
internal sealed record PageReader(Action<Page<Record>> Take, Action? Ended = null);
