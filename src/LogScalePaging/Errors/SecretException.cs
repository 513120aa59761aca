namespace LogScalePaging;

/// <summary>A secret could not be read from SecretManagement.</summary>
/// <param name="errorId">Id of the error record.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The cause.</param>
internal sealed class SecretException(string errorId, string message, Exception? inner = null) : InvalidOperationException(message, inner)
{
    public string ErrorId { get; } = errorId;
}
