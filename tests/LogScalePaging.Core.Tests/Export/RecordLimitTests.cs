using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>
/// The limit of records, around the limit, in both places that enforce it: on the way in (<see cref="RecordLimit"/>), and in the assembly
/// (<see cref="PartSequence"/>).
/// </summary>
public sealed class RecordLimitTests
{
    private const int Limit = 3;

    public static TheoryData<int> Sizes => [0, 1, Limit - 1, Limit, Limit + 1, (2 * Limit) + 1];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_walk_ends_at_the_limit(int records)
    {
        var pager = new Pager<long, IReadOnlyList<Record>, Record>(new PageOfTwo(records), new PageOfTwo(records),
            new PagerOptions { Identity = Make.Identity, Limit = Limit });
        var pages = new List<Page<Record>>();
        await foreach (var page in pager.PagesAsync(null))
            pages.Add(page);

        Assert.Equal(Math.Min(records, Limit), pages.Sum(p => p.Items.Count));
        Assert.Equal(records >= Limit ? EndReason.Limit : EndReason.LastPage, pages[pages.Count - 1].Info.End!.Reason);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Pages_and_streams_are_cut_at_the_limit(int records)
    {
        var limit = new RecordLimit(Limit);
        for (var before = 0; before <= Limit; before++)
        {
            var left = Math.Min(records, Limit - before);
            var page = limit.Cut(new Page<Record>(Make.Events(records), null, new PageInfo { RepeatedIds = records }), before);
            List<Record> stream = [.. Make.Events(records)];
            limit.Cut(stream, before);

            Assert.Equal((left, left), (page.Items.Count, page.Info.RepeatedIds));
            Assert.Equal(left, stream.Count);
            Assert.Equal(before + left >= Limit, limit.IsReached(before + left));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Without_a_limit_nothing_is_cut(int records)
    {
        var page = new Page<Record>(Make.Events(records), null, new PageInfo());
        Assert.Same(page, default(RecordLimit).Cut(page, long.MaxValue / 2));
        Assert.False(default(RecordLimit).IsReached(long.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_output_is_cut_at_the_limit(int records)
    {
        var events = Make.Events(records);
        // In one part, which may be the output, and in two parts that the limit can divide at any place.
        for (var first = 0; first <= records; first++)
        {
            foreach (var name in new[] { "x.ndjson", "x.json" })
            {
                using var folder = new TempFolder();
                using var store = ExportStore.Create(folder.Target(name), Make.State() with { MaxEvents = Limit });
                store.AddPart("a", events.Take(first));
                store.AddPart("a", events.Skip(first), done: true);
                Assert.Equal(Math.Min(records, Limit), PartSequence.WithinLimit(store.State).Sum(part => part.Rows));

                var finished = store.Assemble(new SignalLog(), null, CancellationToken.None);
                Assert.Equal(Math.Min(records, Limit), finished.Events);
                var output = File.ReadAllText(folder.Target(name).Path);
                Assert.All(events.Select((e, i) => (Id: $"\"id-{i}\"", i)), e => Assert.Equal(e.i < Limit, output.Contains(e.Id)));
            }
        }
    }

    [Fact]
    public void A_part_that_the_limit_includes_is_checked_to_its_end()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.json");
        using var store = ExportStore.Create(target, Make.State() with { MaxEvents = Limit });
        store.AddPart("a", Make.Events(Limit), done: true);
        var part = Directory.GetFiles(target.PartialPath, "*.ndjson").Single();
        File.AppendAllText(part, "{\"@timestamp\":1,\"@id\":\"other\"}\n");

        Assert.Throws<LogScalePaging.Export.Errors.ExportException>(() => store.Assemble(new SignalLog(), null, CancellationToken.None));
    }

    /// <summary>Numbered records, two on a page.</summary>
    private sealed class PageOfTwo(int records)
        : IPageStrategy<long, IReadOnlyList<Record>, Record>, IPageSource<long, IReadOnlyList<Record>>
    {
        public string Name => "Two";

        public PagePosition Start => At(0);

        public IdentityMemory Memory => IdentityMemory.All;

        public long CreateRequest(PagePosition position) => position.Number("from");

        public Task<IReadOnlyList<Record>> FetchAsync(long request, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Record>>(Make.Events(records).Skip((int)request).Take(2).ToArray());

        public PageContent<Record> Read(PagePosition position, IReadOnlyList<Record> response) => new(response);

        public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state) => state.Received < records
            ? new PageDecision.Continue(At(state.Received))
            : new PageDecision.End(EndReason.LastPage, "all records are read");

        public ItemIdentity IdentityOf(in Record item) => RecordIdentity.Of(in item);

        private static PagePosition At(long from) => PagePosition.Of(("from", from.ToString(CultureInfo.InvariantCulture)));
    }
}
