namespace LogScalePaging.Transport.Errors;

/// <summary>
/// Thrown while an answer with a success status is read that contains an error. The transport handles it like an answer with the status
/// of that error.
/// </summary>
/// <param name="code">The code of the first error; 0 when it has none.</param>
/// <param name="body">The errors as JSON, as the server sent them.</param>
internal sealed class AnswerErrorsException(int code, string body) : Exception("The answer contains errors.")
{
    /// <summary>The code of the first error, like an HTTP status; 0 when it has none.</summary>
    public int Code { get; } = code;

    /// <summary>True if an error without such a code may pass when the request is sent again.</summary>
    public bool MayPass { get; init; }

    /// <summary><c>{"errors":[…]}</c>, as the server sent them.</summary>
    public string Body { get; } = body;
}
