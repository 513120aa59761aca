using System.Globalization;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using Xunit.Abstractions;

namespace LogScalePaging.Core.Tests.Export;

public class RandomWalkTests(ITestOutputHelper output)
{
    private sealed class Killed : Exception;

    /// <summary>
    /// Random walks that are killed at random steps and resumed until they end, some with a damaged part in between. The bytes are those of
    /// an undisturbed run with other sizes of parts. <c>LSP_SEED</c> repeats one, <c>LSP_RUNS</c> sets how many.
    /// </summary>
    [Fact]
    public void TheOutput_IsTheSame_AfterRandomFailures()
    {
        var seed = Number("LSP_SEED") ?? Environment.TickCount;
        for (var run = 0; run < (Number("LSP_RUNS") ?? 40); run++)
        {
            try
            {
                Run(new Random(seed + run));
            }
            catch (Exception)
            {
                output.WriteLine($"LSP_SEED={seed + run} LSP_RUNS=1");
                throw;
            }
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static void Run(Random random)
    {
        var lanes = new List<(LaneState, LogScalePaging.Records.Record[])>();
        for (int i = 0, newest = 1_900_000; i < random.Next(1, 6); i++, newest -= 1000)
            lanes.Add((Make.Lane($"w{i}", newest), Make.Events(random.Next(3) == 0 ? random.Next(2) : random.Next(300), newest, i * 1000)));
        var total = lanes.Sum(l => l.Item2.Length);
        var walk = new FakeWalk(lanes)
        {
            PartSize = () => random.Next(1, 120),
            MaxEvents = random.Next(3) == 0 ? random.Next(1, total + 2) : null,
        };
        string[] names = ["x.json", "x.ndjson", "x.csv", "x.json.gz", "x.ndjson.gz", "x.csv.gz"];
        var name = names[random.Next(names.Length)];
        ExportTarget Shape(TempFolder folder) => folder.Target(name);
        var rotation = random.Next(4);
        long? maxEvents = rotation == 1 ? random.Next(1, 100) : null, maxSize = rotation == 2 ? random.Next(1, 10_000) : null;
        string[]? property = random.Next(4) == 0 ? ["third", "@id", "@timestamp"] : null;
        ExportTarget Target(TempFolder folder) =>
            Shape(folder) with { MaxFileEvents = maxEvents, MaxFileSize = maxSize, Property = property };

        using var undisturbed = new TempFolder();
        walk.Run(Target(undisturbed));
        Assert.Equal(Math.Min(total, walk.MaxEvents ?? total), Verifying.AssertValid(Target(undisturbed).Path).Counts.Written);

        using var killed = new TempFolder();
        var target = Target(killed);
        for (var left = 12; ; left--)
        {
            var until = left == 0 ? int.MaxValue : random.Next(40);
            try
            {
                walk.Run(target, _ =>
                {
                    if (until-- == 0)
                        throw new Killed();
                });
                break;
            }
            catch (Killed)
            {
                Harm(target, random);
            }
        }
        Assert.Equal(CrashTests.Outcome(undisturbed), CrashTests.Outcome(killed));
    }

    private static void Harm(ExportTarget target, Random random)
    {
        var parts = Directory.Exists(target.PartialPath) ? Directory.GetFiles(target.PartialPath, "part-*.ndjson") : [];
        if (parts.Length == 0 || random.Next(3) > 0)
            return;
        using var file = new FileStream(parts[random.Next(parts.Length)], FileMode.Open);
        file.SetLength(file.Length / 2);
    }
}
