namespace LogScalePaging.Search.Windows;

/// <summary>Marks an exception of a sink: what it writes to fails. Every other window would fail in the same way.</summary>
public interface ISinkFailure;
