namespace LogScalePaging.Transport.Errors;

/// <summary>
/// Thrown while a good answer is read that turns out to be a refusal: the transport makes of it what the same refusal with an honest
/// status would be.
/// </summary>
/// <param name="code">The code of the first error; 0 when it has none.</param>
/// <param name="body">The errors as JSON, as the server sent them.</param>
internal sealed class AnswerErrorsException(int code, string body) : Exception("The answer contains errors.")
{
    /// <summary>The code of the first error, like an HTTP status; 0 when it has none.</summary>
    public int Code { get; } = code;

    /// <summary><c>{"errors":[…]}</c>, as the server sent them.</summary>
    public string Body { get; } = body;
}
