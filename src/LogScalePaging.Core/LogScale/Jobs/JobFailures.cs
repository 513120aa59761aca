using LogScalePaging.Paging;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>What the server did wrong, as what broke the walk: whoever walks pages need not know jobs and requests.</summary>
internal static class JobFailures
{
    /// <summary>Awaits what asks the server.</summary>
    /// <exception cref="PagingException">A request failed, or a job was lost.</exception>
    public static async Task AsPagingAsync(this Task asking)
    {
        try
        {
            await asking.ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or JobLostException)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, e.Message, e);
        }
    }

    /// <summary>Awaits what the server answers.</summary>
    /// <exception cref="PagingException">A request failed, or a job was lost.</exception>
    public static async Task<T> AsPagingAsync<T>(this Task<T> asking)
    {
        await AsPagingAsync((Task)asking).ConfigureAwait(false);
        return await asking.ConfigureAwait(false);
    }
}
