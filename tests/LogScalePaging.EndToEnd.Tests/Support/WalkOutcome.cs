using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Support;

internal sealed class WalkOutcome
{
    public List<string> Events { get; } = [];

    public List<Page<Record>> Pages { get; } = [];

    public Completeness Verdict { get; set; } = null!;

    public PagingException? Error { get; set; }

    public WalkIdentity Identity { get; set; } = null!;

    public string? Strategy { get; set; }

    public int JobsLeft { get; set; }
}
