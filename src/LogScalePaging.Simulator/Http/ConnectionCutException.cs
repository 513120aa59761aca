namespace LogScalePaging.Simulator.Http;

/// <summary>The connection is to be closed in the midst of an answer, on purpose.</summary>
internal sealed class ConnectionCutException : Exception;
