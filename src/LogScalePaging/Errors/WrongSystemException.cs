namespace LogScalePaging;

/// <summary>The connection is to a system that the cmdlet cannot use.</summary>
/// <param name="message">Names both systems, and says how to connect.</param>
internal sealed class WrongSystemException(string message) : InvalidOperationException(message);
