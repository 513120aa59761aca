using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Positions;
using static LogScalePaging.Core.Tests.Export.Stores;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>What a resumption uses, and what it refuses.</summary>
public class ResumptionTests
{
    [Fact]
    public void AnotherExportsFiles_AreNotTakenOver()
    {
        using var folder = new TempFolder();
        var target = folder.Target();
        ExportStore.Create(target, Make.State()).Dispose();
        Assert.Throws<CheckpointMismatchException>(
            () => ExportStore.Resume(target, _ => throw new CheckpointMismatchException("query", "a", "b")));
        Assert.Equal("format", Assert.Throws<CheckpointMismatchException>(() => Resume(target with { Format = ExportFormat.Csv })).What);
        var fields = Assert.Throws<CheckpointMismatchException>(() => Resume(target with { Property = ["a", "b"] }));
        Assert.Equal(("(all)", "a, b"), (fields.Saved, fields.Asked));
        // None of the refusals has kept the lock or changed the state.
        using var store = Resume(target);
        Assert.Equal(1, store.State.Resumes);
    }

    [Fact]
    public void PartsThatAreNotWhole_AreDroppedWithWhatFollowsThem()
    {
        foreach (var harm in new Action<string>[] { File.Delete, p => File.AppendAllText(p, "x"), p => Flip(p),
            p => File.WriteAllText(p, "") })
        {
            using var folder = new TempFolder();
            var target = folder.Target();
            using (var store = ExportStore.Create(target, Make.State(Make.Lane("a", 2), Make.Lane("b", 1))))
            {
                for (var i = 0; i < 3; i++)
                {
                    var part = store.OpenPart("a");
                    part.Append(Make.Event(i, 10 - i));
                    store.CommitPart(part, Make.Next(i + 1), laneDone: i == 2, duplicates: 5);
                }
                store.AddPart("b", Make.Events(4), done: true);
            }
            harm(Path.Combine(target.PartialPath, "part-a-000002.ndjson"));
            using var resumed = Resume(target);
            Assert.Equal(["part-a-000002.ndjson", "part-a-000003.ndjson"], resumed.DroppedParts.Select(p => p.File));
            var (a, b) = (resumed.State.Lanes[0], resumed.State.Lanes[1]);
            Assert.Equal((1, false), (a.Rows, a.Done));
            Assert.Equal(1, a.Parts[^1].Next!.Position.Number("row"));
            Assert.Equal((4, true), (b.Rows, b.Done));
            Assert.Equal(5, resumed.State.Duplicates);
            Assert.Equal(["part-a-000001.ndjson", "part-b-000001.ndjson"],
                Directory.GetFiles(target.PartialPath, "part-*").Select(Path.GetFileName).Order());
        }

        static void Flip(string path)
        {
            var bytes = File.ReadAllBytes(path);
            bytes[3] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public void ACheckpointThatCannotBeRead_IsNamedDamaged()
    {
        foreach (var text in new[] { "", "{", "[]", "{}", "null", "{\"version\":1}", "{\"version\":99,\"identity\":{}}",
            "{\"version\":\"x\"}" })
        {
            using var folder = new TempFolder();
            var target = folder.Target();
            ExportStore.Create(target, Make.State()).Dispose();
            File.WriteAllText(Path.Combine(target.PartialPath, "checkpoint.json"), text);
            var error = Fails(ExportErrorKind.Damaged, () => Resume(target));
            Assert.Contains("--force", error.Message, StringComparison.Ordinal);
            Fails(ExportErrorKind.ResumableExists, () => ExportStore.Create(target, Make.State()));
            ExportStore.Create(target with { Force = true }, Make.State()).Dispose();
        }
    }
}
