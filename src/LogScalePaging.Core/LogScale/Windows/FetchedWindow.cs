namespace LogScalePaging.LogScale.Windows;

/// <summary>A window that was read whole and waits to be committed or discarded.</summary>
/// <param name="Writer">What holds its events.</param>
/// <param name="Rows">Events.</param>
/// <param name="Late">How many of them were surely ingested after the range was counted.</param>
internal sealed record FetchedWindow(IWindowWriter Writer, long Rows, long Late);
