using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>A resumed run has the verdict of an undisturbed run.</summary>
public sealed class ResumedVerdictTests : IDisposable
{
    private const string Partial = "partial result";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Around, 3_000, AnswerKinds.Plain)]
    [InlineData(SearchStrategy.Window, 3_000, AnswerKinds.Plain)]
    [InlineData(SearchStrategy.Window, 3_000, AnswerKinds.Tail)]
    [InlineData(SearchStrategy.Auto, 150, AnswerKinds.Tail)]
    [InlineData(SearchStrategy.Auto, 5_000, AnswerKinds.Tail)]
    [InlineData(SearchStrategy.Auto, 0, AnswerKinds.Tail)]
    public async Task A_warning_of_the_first_run_is_not_forgotten(SearchStrategy strategy, int count, AnswerKinds on)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = on == AnswerKinds.Tail ? 10_000 : 100 }).Fill(count);
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.Warnings) { Text = Partial, On = on });
        var resumed = await AssertSameAsync(bench, VerdictBench.Spec(strategy));
        Assert.Equal((CompletenessState.Unverified, count), (resumed.Completeness.State, resumed.Completeness.Received));
        Assert.Contains(Partial, resumed.Manifest.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* | s := start()", SearchStrategy.Window, "although start() reads the time range")]
    [InlineData("* | n := now()", SearchStrategy.Around, "now() reads the clock")]
    [InlineData("* | sort(@timestamp)", SearchStrategy.Auto, "sort() returns 200 rows")]
    public async Task A_doubt_about_the_query_stays_after_a_resumption(string query, SearchStrategy strategy, string doubt)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = strategy == SearchStrategy.Window ? 100 : 10_000 }).Fill(3_000);
        var resumed = await AssertSameAsync(bench, VerdictBench.Spec(strategy, query));
        Assert.True(resumed.Completeness.State == CompletenessState.Unverified, resumed.Completeness.ToString());
        Assert.Contains(doubt, resumed.Manifest.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aggregate_is_judged_as_one()
    {
        using var bench = new VerdictBench().Fill(1_000);
        var resumed = await AssertSameAsync(bench, VerdictBench.Spec(query: "* | groupBy(n, limit=max)"));
        Assert.True(resumed.Completeness is { State: CompletenessState.Complete, ExpectedAfter: null }, resumed.Completeness.ToString());
    }

    [Theory]
    [InlineData(10_000, "OneJob")]
    [InlineData(100, "Stream")]
    public async Task A_run_that_was_killed_while_one_answer_was_read_is_resumed(int maxTail, string strategy)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = maxTail }).Fill(3_000);
        var spec = VerdictBench.Spec(query: "* | s := start()");
        var saved = false;
        bench.Server.RequestHandled += _ =>
        {
            // As a kill leaves it: the checkpoint says that the answer is being read, and nothing of it is there.
            var checkpoint = _folder.In("events.ndjson.partial/checkpoint.json");
            if (saved || !File.Exists(checkpoint) || !File.ReadAllText(checkpoint).Contains($"\"{strategy}\"", StringComparison.Ordinal))
                return;
            saved = true;
            Directory.CreateDirectory(_folder.In("killed.ndjson.partial"));
            File.Copy(checkpoint, _folder.In("killed.ndjson.partial/checkpoint.json"));
        };
        var whole = await ExportAsync(bench, spec);
        Assert.Equal((strategy, CompletenessState.Complete, true), (whole.Manifest.Strategy, whole.Completeness.State, saved));
        var resumed = await ExportAsync(bench, spec, resume: true, name: "killed.ndjson");
        Assert.Equal((strategy, CompletenessState.Complete), (resumed.Manifest.Strategy, resumed.Completeness.State));
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("events.ndjson")), await File.ReadAllBytesAsync(_folder.In("killed.ndjson")));
    }

    [Fact]
    public async Task A_doubt_in_a_checkpoint_that_cannot_be_read_is_an_error()
    {
        using var bench = new VerdictBench().Fill(150);
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.Warnings) { Text = Partial, On = AnswerKinds.Tail, Times = 1 });
        await ExportAsync(bench, VerdictBench.Spec(), killWhenRead: true);
        var checkpoint = _folder.In("killed.ndjson.partial/checkpoint.json");
        var text = await File.ReadAllTextAsync(checkpoint);
        var at = text.IndexOf('[', text.IndexOf("\"doubts\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(checkpoint, string.Concat(text.AsSpan(0, at), "{", text.AsSpan(at + 1)));
        var resuming = ExportAsync(bench, VerdictBench.Spec(), resume: true, name: "killed.ndjson");
        var e = await Assert.ThrowsAsync<ExportException>(() => resuming);
        Assert.Equal(ExportErrorKind.Damaged, e.Kind);
    }

    // The run that is killed when all is read and not judged yet, and goes on, has the verdict and the bytes of the one that is not killed.
    private async Task<ExportOutcome> AssertSameAsync(VerdictBench bench, SearchSpec spec)
    {
        var whole = await ExportAsync(bench, spec, killWhenRead: true);
        bench.Plan.Clear();
        var resumed = await ExportAsync(bench, spec, resume: true, name: "killed.ndjson");
        // Where all came in one answer, only the run that was killed counts once more.
        Assert.Equal(whole.Completeness, resumed.Completeness with { ExpectedAfter = whole.Completeness.ExpectedAfter });
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("events.ndjson")), await File.ReadAllBytesAsync(_folder.In("killed.ndjson")));
        return resumed;
    }

    private async Task<ExportOutcome> ExportAsync(
        VerdictBench bench, SearchSpec spec, bool resume = false, bool killWhenRead = false, string name = "events.ndjson")
    {
        var target = new ExportTarget { Path = _folder.In(name), Format = ExportFormat.NdJson };
        void Kill(ExportProgress progress)
        {
            if (!killWhenRead || progress.Phase != ExportPhase.Verifying)
                return;
            // What a kill at this moment would leave.
            var killed = Directory.CreateDirectory(_folder.In("killed.ndjson.partial"));
            foreach (var file in Directory.GetFiles(target.PartialPath).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(killed.FullName, Path.GetFileName(file)));
        }
        var request = new ExportRequest(spec, target) { Resume = resume };
        return await new ExportRun(bench.Bench.Connection, request, new SignalLog(), Kill).RunAsync(default);
    }
}
