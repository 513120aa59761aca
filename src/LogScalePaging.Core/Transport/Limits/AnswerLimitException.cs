using System.Text.Json;

namespace LogScalePaging.Transport.Limits;

/// <summary>An answer exceeds one of the <see cref="AnswerLimits"/>. A retry would get the same answer.</summary>
/// <param name="message">Which limit, with its number.</param>
internal sealed class AnswerLimitException(string message) : JsonException(message)
{
    /// <summary>An answer, or a part of it, has more bytes than allowed.</summary>
    public static AnswerLimitException Bytes(string what, long limit) =>
        new(FormattableString.Invariant($"{what} is larger than the limit of {limit:N0} bytes."));
}
