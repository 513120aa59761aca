using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Falcon.Rest;

/// <summary>What is known of one page after its answer was read.</summary>
/// <param name="records">The records, whole where details were asked for.</param>
internal sealed class FalconPage(IReadOnlyList<Record> records) : PageContent<Record>(records)
{
    /// <summary>Tokens and offsets that the answer has, by the name of their <see cref="Continuation"/>; none of them is empty.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>The last total above zero that an answer of this walk stated; null when none did.</summary>
    public long? LastTotal { get; init; }

    /// <summary>The total of this answer, also where it counts only a part; null when it has none.</summary>
    public long? Stated { get; init; }

    /// <summary>True when the answer has no pagination at all.</summary>
    public bool IsUnpaged { get; init; }

    /// <summary>Why the token that was sent is worth nothing, in words; null when it led to a page.</summary>
    public string? Expired { get; init; }
}
