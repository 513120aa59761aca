using System.Text.Json;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Transport.Errors;

/// <summary>An answer exceeds one of the <see cref="AnswerLimits"/>. A retry would get the same answer.</summary>
/// <param name="message">Which limit, with its number.</param>
internal sealed class AnswerLimitException(string message) : JsonException(message)
{
    /// <summary>Rows of the answer that were read.</summary>
    public int Rows { get; init; }

    /// <summary>The limit that a failed request exceeded; null when it failed for another reason.</summary>
    public static AnswerLimitException? Of(Exception failure) =>
        ((failure as ApiException ?? failure.InnerException as ApiException)?.InnerException ?? failure) as AnswerLimitException;

    /// <summary>An answer, or a part of it, with more bytes than it may have.</summary>
    public static AnswerLimitException Bytes(string what, long limit) =>
        new(FormattableString.Invariant($"{what} is larger than the limit of {limit:N0} bytes."));
}
