using System.Globalization;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Core.Tests.LogScale;

/// <summary>Single steps of an around walk over a range from 1,000 to 9,000, four events a page.</summary>
internal static class AroundSteps
{
    public static readonly QueryJobSpec Spec = new("a=1") { Start = QueryTime.At(1_000), End = QueryTime.At(9_000) };

    public static AroundStrategy Strategy() => new(Spec, 4);

    public static PagePosition Page(string id, long timestamp, params (string Name, string? Value)[] more) => PagePosition.Of(
        [("kind", "page"), ("id", id), ("timestamp", timestamp.ToString(CultureInfo.InvariantCulture)), ("before", "4"), .. more]);

    public static (PageContent<Record> Content, PageDecision Decision) Step(
        AroundStrategy strategy, PagePosition position, string rows, bool? hasMore = null, WalkState? state = null)
    {
        var content = strategy.Read(position, Rows.Answer(rows, hasMore));
        return (content, strategy.Decide(position, content, state ?? new WalkState(content.Items.Count, content.Items.Count, null)));
    }

    public static PagePosition Next(PageDecision decision) => Assert.IsType<PageDecision.Continue>(decision).Next;

    public static string End(PageDecision decision) => Assert.IsType<PageDecision.End>(decision).What.Reason.ToString();

    public static string Outcome(PageDecision decision) => decision is PageDecision.Continue go
        ? $"{go.Next["kind"]} {go.Next["id"]} {go.Next["before"]}{(go.Signal is null ? "" : " widened")}"
        : End(decision);
}
