using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>A complete window before it is committed or discarded.</summary>
/// <param name="Writer">Holds its events.</param>
/// <param name="Rows">Events, each once.</param>
/// <param name="Notes">Observations about them.</param>
internal sealed record FetchedWindow(IWindowWriter Writer, long Rows, RowNotes Notes)
{
    /// <summary>Dropped rows that the server repeated, equal in every byte.</summary>
    public long Repeated { get; init; }

    /// <summary>Events that the server counted in the window but did not list in any try.</summary>
    public long Short { get; init; }
}
