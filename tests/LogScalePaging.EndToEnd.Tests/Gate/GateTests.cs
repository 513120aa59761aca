using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Gate;

/// <summary><c>.ci/run</c> decides whether a change is taken: it must fail whenever anything failed, broke off or did not run.</summary>
public sealed class GateTests
{
    // build, format, the two about README, and the one about the checkout.
    private const int Steps = 5;

    [UnixFact]
    public async Task It_passes_when_everything_does()
    {
        using var world = Good();
        var (exitCode, lines) = await world.RunAsync();
        Assert.True(exitCode == 0, string.Join('\n', lines));
        Assert.Equal($"{Steps + 3} passed, 0 failed, 1 skipped", lines[^1]);
        Assert.DoesNotContain(lines, l => l.StartsWith("failed: ", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task It_fails_when_every_command_fails()
    {
        using var world = new GateWorld("exit 1");
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        // README names its commands and the checkout is clean, whatever dotnet does.
        Assert.Equal("2 passed, 5 failed", lines[^1]);
        Assert.Contains("failed: build", lines);
        Assert.Contains("failed: tests/First.Tests/First.Tests.csproj gave 0 of 1 results", lines);
        Assert.Contains("failed: tests/Second.Tests/Second.Tests.csproj gave 0 of 1 results", lines);
    }

    [UnixFact]
    public async Task It_fails_when_no_test_ran()
    {
        using var world = new GateWorld("exit 0");
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal("4 passed, 3 failed", lines[^1]);
        Assert.Contains("failed: tests/First.Tests/First.Tests.csproj gave 0 of 1 results", lines);
        Assert.Contains("failed: README's export command", lines);
    }

    [UnixFact]
    public async Task It_fails_when_a_framework_gave_no_result()
    {
        using var world = Good();
        world.Targets = "net10.0;net472";
        world.WithResults("First.Tests", "net472", ("First.C", "Passed"));
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal("failed: tests/Second.Tests/Second.Tests.csproj gave 1 of 2 results", lines[^2]);
        Assert.Equal($"{Steps + 4} passed, 1 failed, 1 skipped", lines[^1]);
    }

    [UnixFact]
    public async Task It_fails_when_the_test_host_crashed_after_its_last_result()
    {
        using var world = Good();
        world.TestExitCode = 1;
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal("failed: dotnet test ended with exit code 1", lines[^2]);
        Assert.Equal($"{Steps + 3} passed, 1 failed, 1 skipped", lines[^1]);
    }

    [UnixTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task It_runs_the_tests_on_Mono_beside_the_others(int exitCode)
    {
        using var world = Good().WithMono(exitCode)
            .WithResults("LogScalePaging.NetStandard.Tests", "net10.0", ("Third.A", "Passed"))
            .WithResults("LogScalePaging.NetStandard.Tests", "net472", ("Third.A", "Passed"), ("Third.B", "Passed"));
        var (code, lines) = await world.RunAsync();
        Assert.Equal(exitCode, code);
        Assert.Equal($"{Steps + 6} passed, {exitCode} failed, 1 skipped", lines[^1]);
        Assert.Equal(2, world.Calls.Count(c => c.StartsWith("test ", StringComparison.Ordinal)));
    }

    [UnixFact]
    public async Task It_names_the_tests_that_failed()
    {
        using var world = Good();
        world.WithResults("First.Tests", "net10.0", ("First.A(text: \"<a> & 'b'\")", "Failed"), ("First.B", "Passed"),
            ("First.C", "Timeout"));
        world.TestExitCode = 1;
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal(["failed: First.A(text: \"<a> & 'b'\")", "failed: First.C", $"{Steps + 3} passed, 2 failed"], lines[^3..]);
    }

    [UnixFact]
    public async Task It_counts_the_tests_within_a_file_of_Pester_tests()
    {
        using var world = Good();
        world.WithResults("Second.Tests", "net10.0", Pester("One", "Passed"), Pester("Two", "Failed"), Pester("Three", "Failed"),
            Pester("Four", "Failed"));
        world.WithPester("One.Tests.ps1", "Pester: 20 passed, 0 failed, 1 skipped");
        world.WithPester("Two.Tests.ps1", "Pester: 30 passed, 2 failed, 0 skipped", "failed: Outer.first", "failed: Outer.second");
        // All of it passed, but its PowerShell crashed at the end.
        world.WithPester("Three.Tests.ps1", "Pester: 40 passed, 0 failed, 0 skipped");
        world.TestExitCode = 1;
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "failed: Two.Tests.ps1: Outer.first", "failed: Two.Tests.ps1: Outer.second",
                "failed: " + Pester("Three", "").Name, "failed: " + Pester("Four", "").Name,
                $"{Steps + 91} passed, 4 failed, 2 skipped",
            ],
            lines[^5..]);
    }

    [UnixFact]
    public async Task It_fails_when_it_is_ended()
    {
        using var world = new GateWorld("kill -TERM \"$(cat \"$GATE_WORLD/pid\")\"");
        var (exitCode, lines) = await world.RunAsync();
        Assert.Equal(143, exitCode);
        Assert.Equal("failed: this script broke off (exit code 143)", lines[^2]);
        Assert.Equal("0 passed, 1 failed", lines[^1]);
    }

    private static GateWorld Good() => new GateWorld()
        .WithResults("First.Tests", "net10.0", ("First.A", "Passed"), ("First.B", "NotExecuted"))
        .WithResults("Second.Tests", "net10.0", ("Second.A", "Passed"), ("Second.B", "Passed"));

    private static (string Name, string Outcome) Pester(string file, string outcome) =>
        ($"LogScalePaging.Pester.Tests.PesterSuiteFirst.Pester_file(name: \"{file}.Tests.ps1\")", outcome);
}
