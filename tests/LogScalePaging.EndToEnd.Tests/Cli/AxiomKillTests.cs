using LogScalePaging.Axiom;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Exports from Axiom that are killed at some request, and resumed: the same bytes as an undisturbed run.</summary>
public sealed class AxiomKillTests
{
    [UnixTheory]
    [InlineData("time", "desc", 3)]
    [InlineData("cursor", "asc", 12)]
    [InlineData("window", "asc", 9)]
    public async Task Killed_and_resumed(string paging, string order, int killedAt)
    {
        using var world = new CliWorld(0);
        using var server = AxiomSimulator.Create(new AxiomSimulatorOptions
        {
            EventCount = 2_000,
            Ties = 300,
            CrowdSize = 150,
            Now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero),
        });
        world.Environment.Clear();
        world.Environment[AxiomSettings.UrlVariable] = server.BaseUrl.AbsoluteUri;
        world.Environment[AxiomSettings.TokenVariable] = server.Options.Token;
        string[] Args(string name) =>
        [
            "export", "--system", "axiom", "-d", "demo", "-s", "2026-04-29", "-e", "2026-05-03", "--paging", paging, "--sort-order", order,
            "--page-size", "100", "-o", world.In(name), "--resume",
        ];
        Assert.Equal(ExitCode.Complete, (await world.RunAsync(Args("whole.ndjson"))).Code);

        var pages = 0;
        using (var run = new CliProcess(world, Args("killed.ndjson")))
        {
            server.RequestHandled += Kill;
            Assert.Equal(137, await run.ExitAsync());
            server.RequestHandled -= Kill;

            void Kill(RequestRecord request)
            {
                if (request.Body.Contains("sort by", StringComparison.Ordinal) && Interlocked.Increment(ref pages) == killedAt)
                    run.Kill();
            }
        }
        Assert.Equal(ExitCode.Complete, (await world.RunAsync(Args("killed.ndjson"))).Code);
        Assert.Equal(File.ReadAllBytes(world.In("whole.ndjson")), File.ReadAllBytes(world.In("killed.ndjson")));
    }
}
