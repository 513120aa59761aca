namespace LogScalePaging;

/// <summary>A connection is to another system than the cmdlet needs.</summary>
/// <param name="message">Names both systems, and says how to connect.</param>
internal sealed class WrongSystemException(string message) : InvalidOperationException(message);
