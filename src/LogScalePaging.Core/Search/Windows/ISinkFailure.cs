namespace LogScalePaging.Search.Windows;

/// <summary>Marks an exception of a sink: its target fails. Every other window would fail in the same way.</summary>
internal interface ISinkFailure;
