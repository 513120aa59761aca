namespace LogScalePaging.Diagnostics;

/// <summary>Marks an exception that a server or the network caused. Any other exception in a walk is a bug, and is reported as one.</summary>
public interface IRequestFailure;
