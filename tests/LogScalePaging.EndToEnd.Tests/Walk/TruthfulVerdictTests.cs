using System.Globalization;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// Servers made from seeds whose answers are wrong in every way that the simulator knows, but for one: a count never equals the number
/// of distinct events received while the truth differs, because no client can see that. Whatever they answer, Complete stands only
/// over exactly the true events. LOGSCALEPAGING_SEEDS is the number of seeds, 50 by default; LOGSCALEPAGING_SEED runs one of them.
/// </summary>
public sealed class TruthfulVerdictTests
{
    public static TheoryData<int> Seeds()
    {
        if (Number("LOGSCALEPAGING_SEED") is { } one)
            return [one];
        return [.. Enumerable.Range(1, Number("LOGSCALEPAGING_SEEDS") ?? 50)];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task A_file_is_complete_only_over_the_truth(int seed)
        => JudgeAsync(seed, (bench, server) => bench.ExportAsync(server.Spec, server.File));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Pages_are_complete_only_over_the_truth(int seed)
        => JudgeAsync(seed, (bench, server) => bench.WalkAsync(server.Spec));

    private static async Task JudgeAsync(int seed, Func<VerdictBench, LyingServer, Task<VerdictRun>> run)
    {
        var server = new LyingServer(seed);
        using var bench = new VerdictBench(server.Options, server.IngestLagMs);
        server.Fill(bench.Server);
        var before = bench.Truth(server.Spec);
        var outcome = await run(bench, server);
        try
        {
            Judge(server, bench, before, outcome);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new Xunit.Sdk.XunitException($"{e.Message}\n{outcome}\n{server}\nTo see it again: LOGSCALEPAGING_SEED={seed}", e);
        }
    }

    private static void Judge(LyingServer server, VerdictBench bench, IReadOnlyList<string> before, VerdictRun run)
    {
        var distinct = run.Rows.Distinct(StringComparer.Ordinal).ToList();
        var isTruth = IsTruth(before, bench.Truth(server.Spec), run.Rows);
        // The exception: a client cannot find a fault if the count agrees with it.
        var isHidden = !isTruth && !distinct.ToHashSet().SetEquals(before)
            && (Counts(server, bench).Contains(distinct.Count) || IsExplainedByArrivals(run, before.Count));

        Assert.True(run.State != CompletenessState.Complete || isTruth || isHidden, "Complete, but not over the truth");
        Assert.True(run.State != CompletenessState.Complete || distinct.Count == run.Rows.Count, "Complete, but a row came twice");
        if (server.Demand == Demand.Complete)
            Assert.True(run.State == CompletenessState.Complete || isHidden, "Complete was demanded");
        if (server.Demand == Demand.NotComplete)
            Assert.True(run.State != CompletenessState.Complete, "an answer contradicts the result, and it is Complete");
        run.AssertReasoned();
        if (run.Where == "pages")
            Assert.Equal(run.Rows.Count, run.Verdict!.Received);
    }

    // A first count that is too low equals the events received if those that were ingested about its time are taken for late ones.
    private static bool IsExplainedByArrivals(VerdictRun run, int truth) =>
        run.Verdict is { Late: > 0, ExpectedBefore: { } said } && said < truth && said < run.Rows.Count;

    /// <summary>Every event that matched at the beginning, each once, and none but those and the ones that came meanwhile.</summary>
    private static bool IsTruth(IReadOnlyList<string> before, IReadOnlyList<string> after, IReadOnlyList<string> rows)
    {
        // Events may arrive during the search, and others may leave.
        var rest = Numbers(after);
        foreach (var row in Numbers(before))
            rest[row.Key] = Math.Max(row.Value, rest.GetValueOrDefault(row.Key));
        if (rows.Any(row => !rest.ContainsKey(row) || --rest[row] < 0))
            return false;
        var came = Numbers(rows);
        return Numbers(before).All(row => came.GetValueOrDefault(row.Key) >= row.Value);
    }

    private static Dictionary<string, int> Numbers(IEnumerable<string> rows)
        => rows.GroupBy(row => row, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>What the server answered when it was asked for a count over the range, or over a larger one.</summary>
    private static IEnumerable<long> Counts(LyingServer server, VerdictBench bench)
    {
        var length = server.Spec.End.Milliseconds!.Value - server.Spec.Start.Milliseconds!.Value;
        return bench.Server.Jobs.Where(j => j.Counted is not null && j.EndMs - j.StartMs >= length).Select(j => j.Counted!.Value);
    }

    private static int? Number(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
