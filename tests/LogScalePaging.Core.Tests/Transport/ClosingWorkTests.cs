namespace LogScalePaging.Core.Tests.Transport;

public class ClosingWorkTests
{
    [Fact]
    public async Task ASecondClose_WaitsForTheWorkOfTheFirst_BecauseItNeedsTheConnection()
    {
        using var rig = new Rig();
        var (begun, done) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var entry = rig.Transport.BeforeClose(async _ =>
        {
            begun++;
            await done.Task;
        });
        var first = rig.Transport.DisposeAsync().AsTask();
        var second = rig.Transport.DisposeAsync().AsTask();
        Assert.False(second.IsCompleted);
        done.SetResult();
        await Task.WhenAll(first, second).WaitAsync(Rig.Guard);
        Assert.Equal(1, begun);
    }
}
