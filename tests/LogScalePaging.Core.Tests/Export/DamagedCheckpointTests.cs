using System.Text.Json.Nodes;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Walks;
using LogScalePaging.LogScale.Windows;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Checkpoints that another program has changed.</summary>
public class DamagedCheckpointTests
{
    private static readonly Dictionary<string, string> s_notes = new()
    {
        ["buffer.capacity"] = "200",
        ["buffer.tail"] = "True",
        ["buffer.oldestFirst"] = "False",
        ["buffer.fields"] = "null",
    };

    private static ExportState Windows => Make.State(Make.Lane("w1-7",
        7) with
    { RangeStart = 1 }) with
    { Strategy = nameof(SearchStrategy.Window), Notes = s_notes };

    [Theory]
    [InlineData("buffer.capacity", null)]
    [InlineData("buffer.capacity", "many")]
    [InlineData("buffer.capacity", "-1")]
    [InlineData("buffer.capacity", "99999999999999")]
    [InlineData("buffer.tail", null)]
    [InlineData("buffer.tail", "yes")]
    [InlineData("buffer.oldestFirst", "")]
    [InlineData("buffer.fields", null)]
    [InlineData("buffer.fields", "[1")]
    public void AMissingOrDamagedNote_IsReportedWithTheFileAndWhatToDo(string note, string? value) => AssertDamaged(state =>
    {
        state["notes"]!.AsObject().Remove(note);
        if (value is not null)
            state["notes"]![note] = value;
    });

    [Theory]
    [InlineData("notes")]
    [InlineData("lanes")]
    [InlineData("identity")]
    [InlineData("strategy")]
    public void APart_ThatIsNull_IsReported(string name) => AssertDamaged(state => state[name] = null);

    [Fact]
    public void AWindow_WithoutARange_IsReported() => AssertDamaged(state => state["lanes"]![0]!.AsObject().Remove("rangeEnd"));

    [Fact]
    public void ALane_ThatIsNull_IsReported() => AssertDamaged(state => state["lanes"]![0] = null);

    [Fact]
    public void AGoodOne_IsRead()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.In("c"), CheckpointFile.Serialize(Windows));
        Assert.Equal(200, ResultBuffer.FromNotes(CheckpointFile.Load(folder.In("c")).Notes).Capacity);
    }

    private static void AssertDamaged(Action<JsonNode> damage)
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        Directory.CreateDirectory(target.PartialPath);
        var checkpoint = Path.Combine(target.PartialPath, "checkpoint.json");
        var state = JsonNode.Parse(CheckpointFile.Serialize(Windows))!;
        damage(state);
        File.WriteAllText(checkpoint, state.ToJsonString());
        var error = Assert.Throws<ExportException>(
            () => LaneCheck.EnsureUsable(ExportStore.Peek(target.Path), checkpoint, SavedPlanCheck.EnsureUsable));
        Assert.Equal(ExportErrorKind.Damaged, error.Kind);
        Assert.Contains(checkpoint, error.Message, StringComparison.Ordinal);
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
    }
}
