using System.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Gate;

/// <summary>
/// A copy of <c>.ci/run</c> in a folder without anything to build, with a program named dotnet that is no dotnet in front of the real one.
/// The script never starts real tests here, this one among them.
/// </summary>
internal sealed class GateWorld : IDisposable
{
    private const string ReadmeExport =
        "dotnet run -c Release --project src/LogScalePaging.Cli -- export --embedded -q '#event_simpleName=ProcessRollup2' -s 1h -o events.json";

    // Writes what the script looks for: test results, totals of Pester files, an export with its manifest.
    private const string GoodDotnet = """
        all="$*"
        case $all in
            'test '*)
                while [ "$1" != --results-directory ]; do shift; done
                mkdir -p "$2"
                case $all in
                    *' net472 '*)
                        mv "$GATE_WORLD"/trx/*-net472.trx "$2"
                        exit "$(cat "$GATE_WORLD/mono-exit")" ;;
                esac
                # The tests on Mono run at the same time.
                while [ -e "$GATE_WORLD/bin/mono" ] && ls "$GATE_WORLD"/trx/*-net472.trx; do :; done
                cp "$GATE_WORLD"/trx/* "$2"
                cp "$GATE_WORLD"/pester/* "$LOGSCALEPAGING_PESTER_RESULTS"
                exit "$(cat "$GATE_WORLD/test-exit")" ;;
            *' export '*)
                while [ "$1" != -o ]; do shift; done
                seq 3002 > "$2"
                echo '"state": "Complete"' > "$2.manifest.json"
                echo 'hash  events.json' > "$2.sha256" ;;
            *getProperty*) echo "$GATE_TARGETS" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes it, with a script for dotnet; none for one that does all that is asked of it.</summary>
    public GateWorld(string dotnet = GoodDotnet)
    {
        foreach (var name in new[] { ".ci", "bin", "trx", "pester", "tests/First.Tests", "tests/Second.Tests" })
            Directory.CreateDirectory(In(name));
        File.Copy(Path.Combine(Root(), ".ci", "run"), In(".ci/run"));
        File.WriteAllText(In("README.md"), $"{ReadmeExport}\ndotnet test -c Release\n");
        File.WriteAllText(In("tests/First.Tests/First.Tests.csproj"), "");
        File.WriteAllText(In("tests/Second.Tests/Second.Tests.csproj"), "");
        File.WriteAllText(In("test-exit"), "0");
        File.WriteAllText(In("mono-exit"), "0");
        File.WriteAllText(In("bin/dotnet"), $"#!/bin/sh\necho \"$*\" >> \"$GATE_WORLD/calls\"\n{dotnet}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("bin/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>What <c>dotnet test</c> exits with.</summary>
    public int TestExitCode
    {
        set => File.WriteAllText(In("test-exit"), value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Adds a test project that runs on Mono too, and a program named mono.</summary>
    /// <param name="exitCode">What its run on Mono exits with.</param>
    public GateWorld WithMono(int exitCode)
    {
        const string Project = "tests/LogScalePaging.NetStandard.Tests";
        Directory.CreateDirectory(In(Project));
        File.WriteAllText(In($"{Project}/LogScalePaging.NetStandard.Tests.csproj"), "");
        File.WriteAllText(In("mono-exit"), exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        File.WriteAllText(In("bin/mono"), "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("bin/mono"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>The frameworks that every test project is built for, as MSBuild prints them; empty for one.</summary>
    public string Targets { get; set; } = "";

    /// <summary>The commands that the dotnet here was given.</summary>
    public string[] Calls => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")) : [];

    /// <summary>Adds the results of a test project.</summary>
    public GateWorld WithResults(string project, string framework, params (string Name, string Outcome)[] tests)
    {
        var results = tests.Select(
            t => $"    <UnitTestResult executionId=\"1\" testId=\"2\" "
                + $"testName=\"{System.Security.SecurityElement.Escape(t.Name)}\" computerName=\"c\" duration=\"00:00:00\" "
                + $"outcome=\"{t.Outcome}\" testListId=\"3\" />");
        var storage = $"/x/tests/{project}/bin/release/{framework}/{project}.dll".ToLowerInvariant();
        File.WriteAllText(In($"trx/{project}-{framework}.trx"),
            $"<TestRun>\n  <Results>\n{string.Join('\n', results)}\n  </Results>\n  <UnitTest name=\"n\" "
                + $"storage=\"{storage}\" />\n</TestRun>\n");
        return this;
    }

    /// <summary>Adds the totals of a file of Pester tests.</summary>
    public GateWorld WithPester(string file, params string[] lines)
    {
        File.WriteAllLines(In($"pester/{file}.txt"), lines);
        return this;
    }

    /// <summary>Runs the script.</summary>
    /// <returns>Its exit code, and the lines of its standard output.</returns>
    public async Task<(int ExitCode, string[] Lines)> RunAsync()
    {
        // The shell notes its own number, by which a test may end the script.
        var start = new ProcessStartInfo("bash",
            ["-c", "echo $$ > \"$GATE_WORLD/pid\"; exec bash \"$GATE_WORLD/.ci/run\""])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["PATH"] = In("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["GATE_WORLD"] = _folder.Path;
        start.Environment["GATE_TARGETS"] = Targets;
        using var process = Process.Start(start)!;
        // Read, so that the script never waits for room in the pipe; the commands that fail write there.
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await error;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Contains(Calls, c => c.StartsWith("build ", StringComparison.Ordinal));
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => _folder.Dispose();

    private string In(string name) => _folder.In(name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LogScalePaging.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
