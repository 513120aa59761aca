namespace LogScalePaging.Falcon.Rest;

/// <summary>
/// How one kind of Falcon endpoint hands out its pages. All that the one strategy knows of an endpoint stands here, as data.
/// </summary>
/// <param name="Name">Name, for messages.</param>
/// <param name="Path">Path; <c>*</c> stands for one segment.</param>
internal sealed record FalconFamily(string Name, string Path)
{
    /// <summary>True when filter, size and token stand in the body of a POST.</summary>
    public bool IsPost { get; init; }

    /// <summary>Where the next page begins; null for an endpoint whose first answer shows it.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>True when a token family takes a number of records as <c>offset</c> as well: a lost walk goes on from there.</summary>
    public bool TakesOffset { get; init; }

    /// <summary>Records on a page at most.</summary>
    public int MaxPage { get; init; }

    /// <summary>Records on a page that the server sends when no number is asked for.</summary>
    public int DefaultPage { get; init; } = 100;

    /// <summary>Records on a page that are asked for when the user names no number: the most, as far as that is known.</summary>
    public int UsualPage => Continuation is null && !Path.Contains("*") ? DefaultPage : MaxPage;

    /// <summary>What offset and page size may be together; null where there is no such bound.</summary>
    public int? Window { get; init; }

    /// <summary>The field that identifies a record; null where the records are bare ids.</summary>
    public string? IdentityField { get; init; }

    /// <summary>The field with the time at which a record was made; null where there is none.</summary>
    public string? TimeField { get; init; }

    /// <summary>Where the records stand in an answer; the first path that is there counts.</summary>
    public IReadOnlyList<string> ItemsPaths { get; init; } = ["resources"];

    /// <summary>How long a token lives when the answer does not say; null when that is not known.</summary>
    public TimeSpan? TokenLife { get; init; }

    /// <summary>False when no answer has a total.</summary>
    public bool HasTotal { get; init; } = true;

    /// <summary>True when the endpoint refuses requests without a filter.</summary>
    public bool NeedsFilter { get; init; }

    /// <summary>The order that is asked for when the user names none.</summary>
    public string? Sort { get; init; }

    /// <summary>What stands between field and direction in a sort order.</summary>
    public char SortSeparator { get; init; } = '.';

    /// <summary>Path of the family of the same resource that has a token and no window; null for none.</summary>
    public string? TokenFamily { get; init; }

    /// <summary>
    /// Fields that never change and that records can be sorted and filtered by. The first one is used past the window when the user asked for
    /// no order.
    /// </summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Where the whole records are; null when the records are whole.</summary>
    public FalconDetails? Details { get; init; }
}
