namespace LogScalePaging.Simulator.Http;

/// <summary>The connection is closed on purpose, in the middle of an answer.</summary>
internal sealed class ConnectionCutException : Exception;
