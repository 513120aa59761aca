using LogScalePaging.Axiom;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Core.Tests.Axiom;

public sealed class AxiomRequestTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-05-01T08:00:00")]
    [InlineData("15m", "2026-05-01T07:45:00")]
    [InlineData("now-1h", "2026-05-01T07:00:00")]
    [InlineData("24hours", "2026-04-30T08:00:00")]
    [InlineData("7 days", "2026-04-24T08:00:00")]
    [InlineData("2w", "2026-04-17T08:00:00")]
    [InlineData("1mon", "2026-04-01T08:00:00")]
    public void Relative_times_are_resolved_once(string words, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected + "Z", System.Globalization.CultureInfo.InvariantCulture), RelativeTimeWords.Resolve(words, s_now));

    [Theory]
    [InlineData("soon")]
    [InlineData("5 apples")]
    [InlineData("1d@d")]
    public void Words_that_mean_no_time_are_refused(string words) =>
        Assert.Throws<ArgumentException>(() => RelativeTimeWords.Resolve(words, s_now));

    [Fact]
    public void A_search_comes_back_from_what_a_checkpoint_keeps()
    {
        var request = new AxiomRequest("['t'] | where a == 1")
        {
            Start = new(1_777_622_400_001, null),
            End = new(1_777_622_401_000, null),
            OldestFirst = true,
            Paging = AxiomPaging.Time,
            PageSize = 7,
            NoVerify = true,
            MaxEvents = 9
        };
        var range = request.Pinned(s_now);
        var saved = new SavedSearch(new WalkIdentity("Axiom", "https://x", "t", request.Query, range.Start, range.End),
            request.ToNotes())
        { MaxEvents = 9 };

        Assert.Equal(request, Systems.Restore(saved));
        Assert.Equal(1_777_622_400_001_000_000, range.Start);
    }

    [Theory]
    [InlineData(0, 1, null, "page size")]
    [InlineData(65_001, 1, null, "page size")]
    [InlineData(1, 0, null, "parallel")]
    [InlineData(1, 1, 0L, "limit")]
    public void A_setting_outside_its_range_is_refused(int pageSize, int parallel, long? most, string what) => Assert.Contains(
        what,
        Assert.Throws<ArgumentException>(
            () => new AxiomRequest("t") { PageSize = pageSize, Parallel = parallel, MaxEvents = most }.EnsureValid()).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("1h", "2h")]
    [InlineData("1h", "1h")]
    public void A_range_that_runs_backwards_is_refused(string start, string end) => Assert.Contains(
        "is not before the end",
        Assert.Throws<ArgumentException>(() => new AxiomRequest("t") { Start = new(null, start), End = new(null, end) }.EnsureValid())
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_personal_token_needs_an_organisation()
    {
        string? Environment(string name) => name == AxiomSettings.TokenVariable ? "xapt-secret-token" : null;
        var error = Assert.Throws<ArgumentException>(() => new AxiomSettings().Connect(Environment));
        Assert.Contains("AXIOM_ORG_ID", error.Message, StringComparison.Ordinal);

        using var connection = new AxiomSettings { OrganisationId = "org-1" }.Connect(Environment);
        Assert.Equal(("org-1", "https://api.axiom.co"), (connection.Tenant, connection.Transport.Host));
        Assert.Equal("org-1", connection.Transport.Options.Headers["X-Axiom-Org-Id"]);
    }

    [Theory]
    [InlineData("ftp://x", "is not a base URL")]
    [InlineData("https://user:secret@x", "contains credentials")]
    [InlineData("https://x/?a=b", "query or fragment")]
    public void A_url_that_cannot_be_used_is_refused(string url, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => new AxiomSettings { BaseUrl = url }.Connect(_ => "xaat-token-for-this"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
