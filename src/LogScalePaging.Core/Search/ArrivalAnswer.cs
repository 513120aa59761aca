namespace LogScalePaging.Search;

/// <summary>How a server answered a question for records by the time of their arrival.</summary>
internal enum ArrivalAnswer
{
    /// <summary>Every record is as requested, and the server's count agrees.</summary>
    Found,
    /// <summary>There are too many records, or the count does not agree.</summary>
    NotProven,
    /// <summary>The server refused the request, or sent records that were not requested.</summary>
    Wrong,
}
