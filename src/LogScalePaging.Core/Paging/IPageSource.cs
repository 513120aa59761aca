namespace LogScalePaging.Paging;

/// <summary>The input and output of a walk: carries one request of a strategy to the server. Retry and recovery lie below it.</summary>
public interface IPageSource<in TRequest, TResponse>
{
    /// <summary>Fetches the answer to one request, whole.</summary>
    Task<TResponse> FetchAsync(TRequest request, CancellationToken cancellationToken);
}
