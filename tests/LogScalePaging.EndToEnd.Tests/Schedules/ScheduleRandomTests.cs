using System.Globalization;
using LogScalePaging.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>
/// 60 runs of a schedule from a seed: each event within the look-back is in exactly one output, and each later one is reported.
/// LOGSCALEPAGING_SEEDS is the number of seeds, 4 by default; LOGSCALEPAGING_SEED runs one of them.
/// </summary>
public sealed class ScheduleRandomTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds()
    {
        if (Number("LOGSCALEPAGING_SEED") is { } one)
            return [one];
        return [.. Enumerable.Range(1, Number("LOGSCALEPAGING_SEEDS") ?? 4)];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Each_event_is_exported_exactly_once_or_reported(int seed) => RunAsync(seed, withProcesses: false);

    [UnixTheory]
    [InlineData(101)]
    public Task The_same_with_killed_processes(int seed) => RunAsync(seed, withProcesses: true);

    [NightlyTheory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(204)]
    public Task The_same_with_killed_processes_every_night(int seed) => RunAsync(seed, withProcesses: true);

    private async Task RunAsync(int seed, bool withProcesses)
    {
        using var scenario = new ScheduleScenario(seed, withProcesses);
        try
        {
            await scenario.RunAsync();
        }
        finally
        {
            output.WriteLine(string.Join('\n', scenario.Story));
        }
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
