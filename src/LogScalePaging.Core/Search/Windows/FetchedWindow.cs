using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>A window that was read whole and waits to be committed or discarded.</summary>
/// <param name="Writer">What holds its events.</param>
/// <param name="Rows">Events, each once.</param>
/// <param name="Notes">What was noticed about them.</param>
internal sealed record FetchedWindow(IWindowWriter Writer, long Rows, RowNotes Notes)
{
    /// <summary>Rows that the server listed twice, the same in every byte; dropped.</summary>
    public long Repeated { get; init; }

    /// <summary>Events that the server counts in the window and did not list, after all tries.</summary>
    public long Short { get; init; }
}
