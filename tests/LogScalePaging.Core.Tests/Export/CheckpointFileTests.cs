using System.Text;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Export;

public class CheckpointFileTests
{
    private static ExportState RoundTrip(ExportState state, out string text)
    {
        using var folder = new TempFolder();
        var bytes = CheckpointFile.Serialize(state);
        text = Encoding.UTF8.GetString(bytes);
        File.WriteAllBytes(folder.In("c"), bytes);
        return CheckpointFile.Load(folder.In("c"));
    }

    [Fact]
    public void AllValues_AreReadBack()
    {
        var state = Make.State() with
        {
            Property = ["a", "b"],
            MaxEvents = 5,
            Resumes = 2,
            ExpectedBefore = 9,
            Duplicates = 3,
            Replace = true,
            Notes = new Dictionary<string, string> { ["x"] = "y" },
            Finished = new FinishedExport
            {
                Files = [new OutputFile { Path = "p", Bytes = 1, Sha256 = "s", Events = 2, FirstId = "f" }],
                Events = 2,
                First = new RecordMark("f", 1)
            },
            Lanes =
            [
                Make.Lane("a", 7) with
                {
                    Done = true,
                    Parts = [new PartRecord { File = "f", Rows = 1, Bytes = 2, Sha256 = "s", Newest = 9, Oldest = 8, Ordered = false,
                        Duplicates = 4, Next = Make.Next(3) }],
                },
            ],
        };
        var back = RoundTrip(state, out var text);
        // Records compare collections by reference, so their content is compared here.
        Assert.Equal(text, Encoding.UTF8.GetString(CheckpointFile.Serialize(back)));
        Assert.Equal(state.Identity with { Arguments = null }, back.Identity with { Arguments = null });
        Assert.Equal(state.Identity.QueryHash, back.Identity.QueryHash);
        Assert.Equal(state.Lanes[0].Parts[0] with { Next = null }, back.Lanes[0].Parts[0] with { Next = null });
        Assert.Equal(state.Finished.First, back.Finished!.First);
        Assert.Equal((state.Started, state.MaxEvents, state.Replace, state.Duplicates),
            (back.Started, back.MaxEvents, back.Replace, back.Duplicates));
        back.Lanes[0].Parts[0].Next!.EnsureFits("Window", state.Identity);
        Assert.Equal(Make.Next(3).Position, back.Lanes[0].Parts[0].Next!.Position);
    }

    [Fact]
    public void TheQuery_IsWrittenOnce_ForAnyNumberOfParts()
    {
        var part = new PartRecord
        {
            File = "f",
            Rows = 1,
            Bytes = 2,
            Sha256 = "s",
            Next = Make.Next(1) with
            {
                Identity =
                Make.Identity with { Arguments = new Dictionary<string, string> { ["host"] = "web-1" } }
            }
        };
        RoundTrip(Make.State(Make.Lane("a") with { Parts = [part, part, part] }), out var text);
        Assert.Equal(text.IndexOf("#kind=test", StringComparison.Ordinal), text.LastIndexOf("#kind=test", StringComparison.Ordinal));
    }

    [Fact]
    public void AnotherIdentity_IsKept()
    {
        var other = Make.Identity with { RangeStart = null };
        var part = new PartRecord { File = "f", Rows = 1, Bytes = 2, Sha256 = "s", Next = Make.Next(1) with { Identity = other } };
        var back = RoundTrip(Make.State(Make.Lane("a") with { Parts = [part] }), out _);
        Assert.Null(back.Lanes[0].Parts[0].Next!.Identity.RangeStart);
    }
}
