using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Falcon.Rest.Strategies;

/// <summary>The facts about one page after its answer was read.</summary>
/// <param name="records">The records; full records if details were requested.</param>
internal sealed class FalconPage(IReadOnlyList<Record> records) : PageContent<Record>(records)
{
    /// <summary>Tokens and offsets in the answer, by the name of their <see cref="Continuation"/>. None of them is empty.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>The last total above zero in the answers of this walk; null if there was none.</summary>
    public long? LastTotal { get; init; }

    /// <summary>The total of this answer, even if it counts only a part of the records; null if it has none.</summary>
    public long? Stated { get; init; }

    /// <summary>True when the answer has no pagination at all.</summary>
    public bool IsUnpaged { get; init; }

    /// <summary>Why the sent token is not valid, in words; null if it returned a page.</summary>
    public string? Expired { get; init; }
}
