using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Slices;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Slices;

public sealed class TryAgainTests
{
    [Theory]
    [InlineData(ApiErrorKind.ConnectionFailed, true)]
    [InlineData(ApiErrorKind.ConnectionLost, true)]
    [InlineData(ApiErrorKind.Timeout, true)]
    [InlineData(ApiErrorKind.RateLimited, true)]
    [InlineData(ApiErrorKind.Unavailable, true)]
    [InlineData(ApiErrorKind.ServerError, true)]
    [InlineData(ApiErrorKind.Unauthorized, false)]
    [InlineData(ApiErrorKind.Forbidden, false)]
    [InlineData(ApiErrorKind.BadRequest, false)]
    [InlineData(ApiErrorKind.NotTheApi, false)]
    [InlineData(ApiErrorKind.TlsFailed, false)]
    public void A_failure_that_passes_is_tried_again(ApiErrorKind kind, bool expected)
    {
        var failure = new ApiException(kind, "no");
        Assert.Equal(expected, TryAgain.May(failure));
        Assert.Equal(expected, TryAgain.May(new PagingException(PagingErrorKind.RequestFailed, "no", failure)));
    }

    [Fact]
    public void A_failure_that_a_person_must_fix_is_not()
    {
        Assert.False(TryAgain.May(new ApiException(ApiErrorKind.ConnectionFailed, "no") { NetworkProblem = NetworkProblem.ProxyRefused }));
        Assert.False(TryAgain.May(new ApiException(ApiErrorKind.ConnectionFailed, "no") { IsPermanent = true }));
        Assert.True(TryAgain.May(new ApiException(ApiErrorKind.ConnectionFailed, "no") { IsPermanent = true, IsCircuitOpen = true }));
    }

    [Fact]
    public void A_lost_job_is_tried_again_unless_it_was_cancelled_twice()
    {
        Assert.True(TryAgain.May(new JobLostException("j", "expired")));
        Assert.False(TryAgain.May(new JobLostException("j", "was cancelled") { IsFinal = true }));
    }

    [Theory]
    [InlineData(ExportErrorKind.Locked, true)]
    [InlineData(ExportErrorKind.DiskFull, false)]
    [InlineData(ExportErrorKind.OutputExists, false)]
    public void Another_run_of_the_slice_is_waited_for(ExportErrorKind kind, bool expected) =>
        Assert.Equal(expected, TryAgain.May(new ExportException(kind, "p", "m")));

    [Fact]
    public void A_bug_is_not_tried_again()
    {
        Assert.False(TryAgain.May(new InvalidOperationException()));
        Assert.False(TryAgain.May(null));
    }
}
