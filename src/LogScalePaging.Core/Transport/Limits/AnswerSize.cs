namespace LogScalePaging.Transport.Limits;

/// <summary>Which of the <see cref="AnswerLimits"/> apply to the answer of a request.</summary>
internal enum AnswerSize
{
    /// <summary>An id, a token or nothing.</summary>
    Small,

    /// <summary>A page of records that is read as a whole.</summary>
    Page,

    /// <summary>A poll answer. Its reader counts rows and bytes.</summary>
    Poll,

    /// <summary>All events of a query, written to a file as they arrive. Only single values are limited.</summary>
    Stream,
}
