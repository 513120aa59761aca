using LogScalePaging.Common;

namespace LogScalePaging.Core.Tests;

public class LateCancellationTests
{
    [Fact]
    public void ASourceIsCancelled_AndADisposedOneIsLeftAlone()
    {
        var source = new CancellationTokenSource();
        var token = source.Token;
        source.TryCancel();
        Assert.True(token.IsCancellationRequested);
        var disposed = new CancellationTokenSource();
        var other = disposed.Token;
        disposed.Dispose();
        disposed.TryCancel();
        Assert.False(other.IsCancellationRequested);
        source.Dispose();
    }
}
