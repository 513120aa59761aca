namespace LogScalePaging.Simulator.Http;

/// <summary>What a client sent is not HTTP/1.1; the connection is given up.</summary>
internal sealed class HttpFormatException(string message) : Exception(message);
