using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Core.Tests.Transport;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.LogScale;

public class JobLedgerTests
{
    [Fact]
    public async Task ACreateRequestWithoutAnAnswer_DoesNotKeepOtherJobsOnAServer_WhoseConnectionIsClosed()
    {
        var isDeleted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new ScriptedServer(Replies.Json("""{"id":"first"}"""), Replies.Hang())
        {
            Route = request =>
            {
                if (request.Method != "DELETE")
                    return null;
                isDeleted.TrySetResult();
                return Replies.Status(204);
            },
        };
        using var rig = new Rig(server, skipWaits: false);
        var gate = new JobGate(2);
        await gate.EnterAsync(default);
        await gate.EnterAsync(default);
        var ledger = new JobLedger(new QueryJobClient(rig.Transport, "repo"), gate);
        var spec = new QueryJobSpec("x");
        Assert.Equal("first", await ledger.CreateAsync(spec, default));
        using var stopped = new CancellationTokenSource();
        var second = ledger.CreateAsync(spec, stopped.Token);
        await server.ReceivedAsync(2).WaitAsync(Rig.Guard);

        using var late = new CancellationTokenSource();
        var ending = ledger.EndAsync(late.Token);
        await isDeleted.Task.WaitAsync(Rig.Guard);

        Assert.False(ending.IsCompleted);
        Assert.Equal(ApiErrorKind.Closed, (await Assert.ThrowsAsync<ApiException>(() => ledger.CreateAsync(spec, default))).Kind);
        late.Cancel();
        await ending.WaitAsync(Rig.Guard);
        Assert.Equal(0, ledger.Count);
        stopped.Cancel();
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Rig.Guard));
    }
}
