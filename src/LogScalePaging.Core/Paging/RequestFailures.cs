using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>Turns a failed request into a failed walk, so code that reads pages does not need to know the exceptions of requests.</summary>
internal static class RequestFailures
{
    /// <summary>Awaits a request.</summary>
    /// <exception cref="PagingException">It failed.</exception>
    public static async Task AsPagingAsync(this Task asking)
    {
        try
        {
            await asking.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IRequestFailure)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, e.Message, e);
        }
    }

    /// <summary>Awaits the answer to a request.</summary>
    /// <exception cref="PagingException">The request failed.</exception>
    public static async Task<T> AsPagingAsync<T>(this Task<T> asking)
    {
        await AsPagingAsync((Task)asking).ConfigureAwait(false);
        return await asking.ConfigureAwait(false);
    }
}
