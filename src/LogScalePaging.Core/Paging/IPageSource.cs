namespace LogScalePaging.Paging;

/// <summary>The input and output of a walk: sends one request of a strategy to the server. Retry and recovery are below it.</summary>
internal interface IPageSource<in TRequest, TResponse>
{
    /// <summary>Fetches the complete answer to one request.</summary>
    Task<TResponse> FetchAsync(TRequest request, CancellationToken cancellationToken);
}
