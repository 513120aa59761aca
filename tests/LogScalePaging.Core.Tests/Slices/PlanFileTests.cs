using System.Text;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Slices;
using LogScalePaging.LogScale.Events;

namespace LogScalePaging.Core.Tests.Slices;

public sealed class PlanFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "plan-" + Guid.NewGuid().ToString("N")))
        .FullName;

    private string PlanPath => Path.Combine(_folder, "plan.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        var plan = Save(Plan());
        var read = ExportPlan.Load(PlanPath);
        Assert.Equal(64, read.PlanId.Length);
        Assert.Equal(plan.Slices, read.Slices);
        Assert.Equal((plan.Budget, plan.Range.End, "b"), (read.Budget, read.Range.End, read.Arguments!["a"]));
    }

    [Fact]
    public void White_space_and_the_order_of_members_do_not_matter()
    {
        Save(Plan());
        var lines = File.ReadAllLines(PlanPath);
        var version = Array.FindIndex(lines, l => l.Contains("\"planVersion\""));
        (lines[version], lines[version + 1]) = (lines[version + 1], "\t " + lines[version].Trim());
        File.WriteAllText(PlanPath, string.Join("\r\n\r\n", lines));
        Assert.Equal(2, ExportPlan.Load(PlanPath).Slices.Count);
    }

    [Theory]
    [InlineData("\"expected\": 30", "\"expected\": 31")]
    [InlineData("\"query\": \"*\"", "\"query\": \"**\"")]
    [InlineData("\"jobs\": 8", "\"jobs\": 9")]
    [InlineData("\"startUtc\": \"1970", "\"startUtc\": \"1971")]
    [InlineData("\"planVersion\": 1,", "\"planVersion\": 1, \"more\": 1,")]
    [InlineData("\"planId\": \"", "\"planId\": \"0")]
    public void An_edited_plan_is_refused(string old, string with)
    {
        Save(Plan());
        var text = File.ReadAllText(PlanPath);
        Assert.Contains(old, text);
        File.WriteAllText(PlanPath, text.Replace(old, with));
        Assert.Contains("was changed", Assert.Throws<PlanException>(() => ExportPlan.Load(PlanPath)).Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"planVersion\":2}")]
    [InlineData("{\"planVersion\":1}")]
    public void Another_file_is_refused(string text)
    {
        File.WriteAllText(PlanPath, text);
        Assert.Throws<PlanException>(() => ExportPlan.Load(PlanPath));
    }

    [Fact]
    public void A_plan_that_does_not_tile_its_range_is_refused_although_its_hash_is_right()
    {
        PlanSlice[][] wrong =
        [
            [new(0, 0, 50, 30)],
            [new(0, 0, 50, 10), new(1, 51, 100, 20)],
            [new(0, 0, 50, 10), new(1, 49, 100, 20)],
            [new(1, 0, 50, 10), new(0, 50, 100, 20)],
            [new(0, 0, 50, 10), new(1, 50, 100, 21)],
            [new(0, 0, 0, 10), new(1, 0, 100, 20)],
            [new(0, 0, 50, -10), new(1, 50, 100, 40)],
        ];
        foreach (var slices in wrong)
        {
            Save(Plan() with { Slices = slices });
            Assert.Contains("cannot be read", Assert.Throws<PlanException>(() => ExportPlan.Load(PlanPath)).Message);
        }
        Save(Plan() with { Budget = new PlanBudget(0, 5) });
        Assert.Throws<PlanException>(() => ExportPlan.Load(PlanPath));
        Save(Plan() with { Format = "../x" });
        Assert.Throws<PlanException>(() => ExportPlan.Load(PlanPath));
    }

    [Fact]
    public void A_missing_plan_is_no_plan() =>
        Assert.Equal(ExportErrorKind.FolderMissing, Assert.Throws<ExportException>(() => ExportPlan.Load(PlanPath)).Kind);

    [Fact]
    public void Only_a_plan_is_replaced()
    {
        Save(Plan());
        Assert.Equal(ExportErrorKind.OutputExists, Assert.Throws<ExportException>(() => Plan().Save(PlanPath, force: false)).Kind);
        File.WriteAllBytes(PlanPath, Encoding.UTF8.GetBytes("{\"mine\":1}"));
        Assert.Equal(ExportErrorKind.BadPath, Assert.Throws<ExportException>(() => Plan().Save(PlanPath, force: true)).Kind);
    }

    private ExportPlan Save(ExportPlan plan)
    {
        plan.Save(PlanPath, force: true);
        return plan;
    }

    private static ExportPlan Plan() => new()
    {
        System = "LogScale",
        Host = "https://example.com",
        Repository = "demo",
        Query = "*",
        Arguments = new Dictionary<string, string> { ["z"] = "y", ["a"] = "b" },
        Schema = LogScaleEvents.Schema,
        Range = new ManifestRange(0, 100),
        Format = "ndjson",
        Expected = 30,
        Budget = new PlanBudget(8, 100),
        Slices = [new PlanSlice(0, 0, 50, 10), new PlanSlice(1, 50, 100, 20)],
    };
}
