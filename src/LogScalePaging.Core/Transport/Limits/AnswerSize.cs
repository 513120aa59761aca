namespace LogScalePaging.Transport.Limits;

/// <summary>Which of the <see cref="AnswerLimits"/> hold for the answer to a request.</summary>
internal enum AnswerSize
{
    /// <summary>An id, a token or nothing.</summary>
    Small,

    /// <summary>A page of records that is read as a whole.</summary>
    Page,

    /// <summary>A poll answer. Its reader counts rows and bytes.</summary>
    Poll,

    /// <summary>All events of a query, which go to a file as they come. Only single values are bounded.</summary>
    Stream,
}
