using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Tanium.Answers;

/// <summary>What is known of one page after its answer was read.</summary>
/// <param name="records">The records, in the order of the walk.</param>
internal sealed class TaniumPage(IReadOnlyList<Record> records) : PageContent<Record>(records)
{
    /// <summary>True if the server says that more follows in the direction of the walk.</summary>
    public bool HasMore { get; init; }

    /// <summary>The cursor of the next page; null or empty when the answer has none.</summary>
    public string? Next { get; init; }

    /// <summary>The last total above zero that an answer of this walk stated; null when none did.</summary>
    public long? LastTotal { get; init; }

    /// <summary>How the total moved during this pass so that a second one tells more, in words; null if it did not.</summary>
    public string? Unsettled { get; init; }

    /// <summary>The cursor with which the collection is refreshed; null or empty for none.</summary>
    public string? RefreshCursor { get; init; }

    /// <summary>Why the cursor that was sent is worth nothing, in words; null when it led to a page.</summary>
    public string? Expired { get; init; }
}
