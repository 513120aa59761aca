namespace LogScalePaging.Simulator.Http;

/// <summary>The bytes of a client are not HTTP/1.1. The connection is closed.</summary>
internal sealed class HttpFormatException(string message) : Exception(message);
