namespace LogScalePaging.Transport.Limits;

/// <summary>
/// How much of an answer is read. A server or proxy could send without end, and a few compressed bytes can unpack to gigabytes. All sizes
/// are after decompression. docs/security.md states the same numbers.
/// </summary>
internal static class AnswerLimits
{
    /// <summary>Bytes of an answer that holds a job id, a token, an error or nothing.</summary>
    public const int SmallBytes = 1 << 20;

    /// <summary>Bytes of a page of records that is read as a whole.</summary>
    public const int PageBytes = 64 << 20;

    /// <summary>Rows of the largest result buffer of any server. A server may ignore the requested page and send all rows.</summary>
    public const int BufferRows = 200_000;

    /// <summary>Bytes of a poll answer if all rows were requested.</summary>
    public const long PollBytes = 80L << 20;

    /// <summary>
    /// Bytes of a poll answer with few rows: more than the largest value, and small enough for eight answers in memory.
    /// </summary>
    public const long FewRowsBytes = 18L << 20;

    /// <summary>Bytes of a poll answer for each requested row, if this is more.</summary>
    public const long PollBytesPerRow = 4 << 10;

    /// <summary>Bytes from which on an answer is large: a connection reads one large answer at a time.</summary>
    public const long LargeBytes = 1 << 20;

    /// <summary>Names in the <c>fieldOrder</c> of a poll answer that are kept.</summary>
    public const int FieldNames = 20_000;

    /// <summary>Bytes of the metadata of a poll answer.</summary>
    public const int MetadataBytes = 1 << 20;

    /// <summary>Bytes of one value, such as an event.</summary>
    public const int ValueBytes = 16 << 20;

    /// <summary>How long the body of a poll answer may take, even if bytes keep arriving.</summary>
    public static readonly TimeSpan PollTime = TimeSpan.FromHours(1);

    /// <summary>How long the body of an answer may take. A small one may take as long as the timeout. Null for no limit.</summary>
    /// <param name="size">Which answer.</param>
    /// <param name="timeout">The timeout of the connection, 100 s by default.</param>
    public static TimeSpan? Time(AnswerSize size, TimeSpan timeout) => size switch
    {
        AnswerSize.Small => timeout,
        AnswerSize.Page or AnswerSize.Poll => PollTime,
        _ => null,
    };

    /// <summary>Limit of bytes for the whole answer; null if the reader has its own limit.</summary>
    public static int? Bytes(AnswerSize size) => size switch
    {
        AnswerSize.Small => SmallBytes,
        AnswerSize.Page => PageBytes,
        _ => null,
    };

    /// <summary>Limit of rows for a poll answer: the requested rows plus a whole result buffer.</summary>
    /// <param name="asked">Requested rows; null for all.</param>
    public static int PollRows(int? asked) => Math.Min(asked ?? BufferRows, BufferRows) + BufferRows;

    /// <summary>Bytes of a poll answer.</summary>
    /// <param name="asked">Requested rows; null for all.</param>
    public static long PollBytesFor(int? asked) =>
        asked is { } rows ? Math.Min(PollBytes, Math.Max(FewRowsBytes, rows * PollBytesPerRow)) : PollBytes;
}
