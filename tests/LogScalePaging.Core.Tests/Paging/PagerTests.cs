using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Core.Tests.Paging;

/// <summary>The loop and its guards, with a strategy over a script: position → (items, next).</summary>
public sealed class PagerTests
{
    private static readonly WalkIdentity s_identity = new("Test", "http://host", "repo", "query", 0, 1);

    [Fact]
    public async Task Pages_carry_the_position_after_them_and_the_last_says_why()
    {
        var pages = await Walk(new Script { ["0"] = ("a b", "1"), ["1"] = ("c", null) });
        Assert.Equal(["a", "b", "c"], pages.SelectMany(p => p.Items));
        Assert.Equal("1", pages[0].Next!.Position["at"]);
        Assert.Equal(2, pages[0].Next!.Received);
        Assert.Null(pages[1].Next);
        Assert.Equal(EndReason.LastPage, pages[1].Info.End!.Reason);
    }

    [Fact]
    public async Task An_empty_page_with_a_next_position_is_not_the_end() =>
        Assert.Equal(["a", "b"],
            (await Walk(new Script { ["0"] = ("a", "1"), ["1"] = ("", "2"), ["2"] = ("b", null) })).SelectMany(p => p.Items));

    [Fact]
    public async Task Known_items_are_dropped_and_counted()
    {
        var pages = await Walk(new Script { ["0"] = ("a b", "1"), ["1"] = ("b c", null) });
        Assert.Equal(["a", "b", "c"], pages.SelectMany(p => p.Items));
        Assert.Equal(1, pages[1].Info.Duplicates);
    }

    [Fact]
    public async Task Items_without_identity_are_never_dropped() =>
        Assert.Equal(["?", "?", "?"], (await Walk(new Script { ["0"] = ("? ?", "1"), ["1"] = ("?", null) })).SelectMany(p => p.Items));

    [Fact]
    public async Task A_position_that_repeats_is_an_error()
    {
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(new Script { ["0"] = ("a", "0") }));
        Assert.Equal((PagingErrorKind.PositionRepeated, 1L), (e.Kind, e.Received));
    }

    [Fact]
    public async Task A_cycle_is_an_error() =>
        Assert.Equal(PagingErrorKind.PositionRepeated,
            (await Assert.ThrowsAsync<PagingException>(
                () => Walk(new Script { ["0"] = ("a", "1"), ["1"] = ("b", "2"), ["2"] = ("c", "1") }))).Kind);

    [Fact]
    public async Task Too_many_empty_pages_are_an_error()
    {
        var script = new Script();
        for (var i = 0; i < 50; i++)
            script[i.ToString(CultureInfo.InvariantCulture)] = ("", (i + 1).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(PagingErrorKind.TooManyEmptyPages, (await Assert.ThrowsAsync<PagingException>(() => Walk(script))).Kind);
    }

    [Fact]
    public async Task A_failure_keeps_the_pages_before_it_and_carries_the_checkpoint()
    {
        var script = new Script { ["0"] = ("a", "1"), ["1"] = ("b", "2") };
        var pages = new List<string>();
        var e = await Assert.ThrowsAsync<PagingException>(async () =>
        {
            await foreach (var page in Pager(script).PagesAsync(null))
                pages.AddRange(page.Items);
        });
        Assert.Equal(["a", "b"], pages);
        Assert.Equal("2", e.Checkpoint!.Position["at"]);

        script["2"] = ("c", null);
        Assert.Equal(["c"], (await Walk(script, e.Checkpoint)).SelectMany(p => p.Items));
    }

    [Fact]
    public async Task A_limit_cuts_the_page_that_reaches_it()
    {
        var pager = Pager(new Script { ["0"] = ("a b", "1"), ["1"] = ("c d", "2"), ["2"] = ("e", null) }, o => o with { Limit = 3 });
        var pages = new List<Page<string>>();
        await foreach (var page in pager.PagesAsync(null))
            pages.Add(page);
        Assert.Equal(["a", "b", "c"], pages.SelectMany(p => p.Items));
        Assert.Equal(EndReason.Limit, pages[^1].Info.End!.Reason);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 2, 0)]
    [InlineData(4, 2, 1)]
    public async Task Items_beyond_a_limit_are_not_counted(int limit, int withoutId, int duplicates)
    {
        var pager = Pager(new Script { ["0"] = ("a ? ? a b ? a", null) }, o => o with { Limit = limit });
        var pages = new List<Page<string>>();
        await foreach (var page in pager.PagesAsync(null))
            pages.Add(page);
        var info = Assert.Single(pages).Info;
        Assert.Equal((limit, withoutId, duplicates), (pages[0].Items.Count, info.WithoutId, info.Duplicates));
        Assert.Equal(EndReason.Limit, info.End!.Reason);
    }

    [Fact]
    public async Task A_walk_that_lost_its_way_starts_again_and_drops_known_items()
    {
        var log = new SignalLog();
        var script = new Script { ["0"] = ("a b", "1"), ["1"] = ("c", "restart") };
        script.AfterRestart["0"] = ("a b", "1");
        script.AfterRestart["1"] = ("c d", null);
        var pages = new List<string>();
        await foreach (var page in Pager(script, o => o with { Signals = log }).PagesAsync(null))
            pages.AddRange(page.Items);
        Assert.Equal(["a", "b", "c", "d"], pages);
        Assert.Equal(1, log.CountOf(SignalKind.ContinuationMissing));
    }

    [Fact]
    public void A_checkpoint_is_read_back_as_it_was_written()
    {
        var checkpoint = new Checkpoint
        {
            Strategy = "S",
            Identity = s_identity,
            Position = PagePosition.Of(("at", "7"), ("none", null)),
            Received = 5
        };
        var json = System.Text.Json.JsonSerializer.Serialize(checkpoint);
        Assert.Contains("\"query\"", json, StringComparison.Ordinal);
        var read = System.Text.Json.JsonSerializer.Deserialize<Checkpoint>(json)!;
        Assert.Equal(checkpoint.Position, read.Position);
        read.EnsureFits("S", s_identity);
        Assert.Throws<CheckpointMismatchException>(() => read.EnsureFits("S", s_identity with { RangeEnd = 2 }));
        Assert.Throws<CheckpointMismatchException>(
            () => read.EnsureFits("S", s_identity with { Arguments = new Dictionary<string, string> { ["a"] = "1" } }));
        Assert.Throws<CheckpointMismatchException>(() => (read with { Version = 99 }).EnsureFits("S", s_identity));
    }

    [Theory]
    [InlineData("create")]
    [InlineData("fetch")]
    [InlineData("read")]
    [InlineData("decide")]
    [InlineData("identity")]
    public async Task A_bug_on_the_third_page_is_reported_as_a_bug_and_the_pages_before_it_are_kept(string where)
    {
        var script = new Script { ["0"] = ("a b", "1"), ["1"] = ("c", "2"), ["2"] = ("d", null) };
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(Failing(script, where, new InvalidOperationException("oops"))));
        Assert.Equal((PagingErrorKind.Bug, 3L, "2"), (e.Kind, e.Received, e.Checkpoint!.Position["at"]));
        Assert.Equal(3, e.Checkpoint.Received);
        Assert.IsType<InvalidOperationException>(e.InnerException);
    }

    [Fact]
    public async Task A_known_failure_is_a_failed_request()
    {
        var script = new Script { ["0"] = ("a b", "1"), ["1"] = ("c", "2") };
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(Failing(script, "fetch", new KnownException())));
        Assert.Equal((PagingErrorKind.RequestFailed, 3L), (e.Kind, e.Received));
    }

    [Fact]
    public async Task A_page_that_is_not_handed_on_is_not_counted()
    {
        // The page at 1 leads back to a visited position. It is read, and the walk breaks off before it is passed on.
        var script = new Script { ["0"] = ("a", "1"), ["1"] = ("b c", "restart") };
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(Pager(script, o => o with { MaxRestarts = 0 })));
        Assert.Equal((PagingErrorKind.TooManyRestarts, 1L, 1L), (e.Kind, e.Received, e.Checkpoint!.Received));
    }

    [Fact]
    public async Task A_restart_after_many_items_repeats_none()
    {
        var items = string.Join(' ', Enumerable.Range(0, 20_000));
        var script = new Script { ["0"] = (items, "1"), ["1"] = ("x", "restart") };
        script.AfterRestart["0"] = (items, "1");
        script.AfterRestart["1"] = ("x y", null);
        var pages = await Walk(Pager(script));
        Assert.Equal(20_002, pages.Sum(p => p.Items.Count));
        Assert.Equal(20_002, pages.SelectMany(p => p.Items).Distinct().Count());
    }

    [Fact]
    public async Task A_strategy_that_restarts_without_remembering_all_is_a_bug()
    {
        var script = new Script { ["0"] = ("a", "restart") };
        var e = await Assert.ThrowsAsync<PagingException>(
            () => Walk(new(new ScriptStrategy(new IdentityMemory(10)), script, new PagerOptions { Identity = s_identity })));
        Assert.Equal(PagingErrorKind.Bug, e.Kind);
    }

    [Fact]
    public async Task A_server_that_always_sends_new_items_is_stopped()
    {
        var script = new Script();
        for (var i = 0; i < 100; i++)
            script[i.ToString(CultureInfo.InvariantCulture)] = (string.Join(' ', Enumerable.Range(i * 10, 10)),
                (i + 1).ToString(CultureInfo.InvariantCulture));
        var e = await Assert.ThrowsAsync<PagingException>(
            () => Walk(Pager(script, o => o with { Expected = Task.FromResult<long?>(30), Allowance = 20 })));
        Assert.Equal(PagingErrorKind.TooManyItems, e.Kind);
        Assert.Equal(80, e.Received);
        Assert.Contains("30", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 1_000)]
    [InlineData(35, 100)]
    public async Task Far_more_than_were_counted_are_counted_again(long second, int received)
    {
        var counts = new Queue<long?>([second, second]);
        var script = Endless();
        Task<long?> Count(CancellationToken token) => Task.FromResult(counts.Dequeue());
        var pager = Pager(script,
            o => o with { Expected = Task.FromResult<long?>(30), Allowance = second == 200 ? 600 : 20, Recount = Count });
        if (received == 1_000)
        {
            Assert.Equal(received, (await Walk(pager)).Sum(p => p.Items.Count));
            return;
        }
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(pager));
        Assert.Equal((PagingErrorKind.TooManyItems, 90), (e.Kind, e.Received));
        Assert.Contains("counted 35", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_count_a_walk_is_stopped_at_a_number_unless_it_has_a_limit()
    {
        var e = await Assert.ThrowsAsync<PagingException>(() => Walk(Pager(Endless(), o => o with { MostUncounted = 500 })));
        Assert.Equal((PagingErrorKind.TooManyItems, 500), (e.Kind, e.Received));
        Assert.Equal(700, (await Walk(Pager(Endless(), o => o with { MostUncounted = 500, Limit = 700 }))).Sum(p => p.Items.Count));
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(1_000L, 10)]
    public async Task Three_pages_without_new_items_end_a_walk_without_a_count(long? expected, int pages)
    {
        var script = new Script();
        for (var i = 0; i < 10; i++)
            script[i.ToString(CultureInfo.InvariantCulture)] = (i < 2 ? $"a{i}" : "a0 a1",
                i == 9 ? null : (i + 1).ToString(CultureInfo.InvariantCulture));
        var walked = await Walk(Pager(script, o => o with { Expected = Task.FromResult(expected) }));
        Assert.Equal((pages, 2), (walked.Count, walked.Sum(p => p.Items.Count)));
    }

    private static Script Endless()
    {
        var script = new Script();
        for (var i = 0; i < 100; i++)
            script[i.ToString(CultureInfo.InvariantCulture)] = (string.Join(" ", Enumerable.Range(i * 10, 10)),
                i == 99 ? null : (i + 1).ToString(CultureInfo.InvariantCulture));
        return script;
    }

    [Fact]
    public async Task A_walk_can_be_made_again()
    {
        var pager = Pager(new Script { ["0"] = ("a b", "1"), ["1"] = ("b c", null) });
        Assert.Equal(["a", "b", "c"], (await Walk(pager)).SelectMany(p => p.Items));
        Assert.Equal(["a", "b", "c"], (await Walk(pager)).SelectMany(p => p.Items));
    }

    [Fact]
    public async Task Items_of_an_earlier_run_are_known()
    {
        var known = new IdentitySet(IdentityMemory.All);
        known.Add(Identity("b"));
        var pager = Pager(new Script { ["0"] = ("a b c", null) }, o => o with { Known = known });
        Assert.Equal(["a", "c"], (await Walk(pager)).SelectMany(p => p.Items));
    }

    private static ItemIdentity Identity(string item) => ItemIdentity.Of(System.Text.Encoding.UTF8.GetBytes(item), default);

    private static Pager<string, (string Items, string? Next), string> Failing(Script script, string where, Exception failure) =>
        new(new ScriptStrategy(IdentityMemory.All) { FailAt = (where, failure) },
            where == "fetch" ? new FailingSource(script, failure) : script, new PagerOptions { Identity = s_identity });

    private static async Task<List<Page<string>>> Walk(Pager<string, (string Items, string? Next), string> pager)
    {
        var pages = new List<Page<string>>();
        await foreach (var page in pager.PagesAsync(null))
            pages.Add(page);
        return pages;
    }

    private sealed class KnownException : Exception, IRequestFailure
    {
        public bool IsHopeless => false;
    }

    private sealed class FailingSource(Script script, Exception failure) : IPageSource<string, (string Items, string? Next)>
    {
        public Task<(string Items, string? Next)> FetchAsync(string request, CancellationToken cancellationToken) =>
            request == "2" ? throw failure : script.FetchAsync(request, cancellationToken);
    }

    private static async Task<List<Page<string>>> Walk(Script script, Checkpoint? from = null)
    {
        var pages = new List<Page<string>>();
        await foreach (var page in Pager(script).PagesAsync(from))
            pages.Add(page);
        return pages;
    }

    private static Pager<string, (string Items, string? Next), string> Pager(Script script, Func<PagerOptions, PagerOptions>? change = null)
    {
        var options = new PagerOptions { Identity = s_identity };
        return new(new ScriptStrategy(IdentityMemory.All), script, change is null ? options : change(options));
    }

    private sealed class Script : Dictionary<string, (string Items, string? Next)>, IPageSource<string, (string Items, string? Next)>
    {
        private bool _restarted;

        public Dictionary<string, (string Items, string? Next)> AfterRestart { get; } = [];

        public Task<(string Items, string? Next)> FetchAsync(string request, CancellationToken cancellationToken)
        {
            var answer = _restarted && AfterRestart.TryGetValue(request, out var later) ? later
                : TryGetValue(request, out var now) ? now : throw new InvalidOperationException($"no page {request}");
            _restarted |= answer.Next == "restart";
            return Task.FromResult(answer);
        }
    }

    private sealed class ScriptStrategy(IdentityMemory memory) : IPageStrategy<string, (string Items, string? Next), string>
    {
        public (string Where, Exception What)? FailAt { get; init; }

        public string Name => "Script";

        public PagePosition Start { get; } = PagePosition.Of(("at", "0"));

        public string CreateRequest(PagePosition position) => Fails("create", position) ?? position["at"]!;

        public IdentityMemory Memory => memory;

        public ItemIdentity IdentityOf(in string item)
        {
            if (item == "d" && FailAt is ("identity", { } failure))
                throw failure;
            return item == "?" ? ItemIdentity.None : Identity(item);
        }

        public PageContent<string> Read(PagePosition position, (string Items, string? Next) response)
        {
            Fails("read", position);
            return new Content(response.Items.Split(' ', StringSplitOptions.RemoveEmptyEntries), response.Next);
        }

        public PageDecision Decide(PagePosition position, PageContent<string> content, WalkState state) =>
            (Fails("decide", position) ?? ((Content)content).Next) switch
            {
                null => new PageDecision.End(EndReason.LastPage, "no next"),
                "restart" => new PageDecision.Restart(Start, SignalKind.ContinuationMissing, "the token is gone"),
                var next => new PageDecision.Continue(PagePosition.Of(("at", next))),
            };

        private string? Fails(string where, PagePosition position) =>
            FailAt is { } fail && fail.Where == where && position["at"] == "2" ? throw fail.What : null;

        private sealed class Content(IReadOnlyList<string> items, string? next) : PageContent<string>(items)
        {
            public string? Next { get; } = next;
        }
    }
}
