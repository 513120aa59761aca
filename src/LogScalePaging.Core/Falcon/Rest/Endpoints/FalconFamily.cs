namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>How one kind of Falcon endpoint returns its pages. All facts that the strategy needs about an endpoint are here.</summary>
/// <param name="Name">Name, for messages.</param>
/// <param name="Path">Path; <c>*</c> stands for one segment.</param>
internal sealed record FalconFamily(string Name, string Path)
{
    /// <summary>The endpoint of Flight Control that lists the child tenants of an account.</summary>
    public const string Children = "/mssp/queries/children/v1";

    /// <summary>True if filter, size and token are sent in the body of a POST request.</summary>
    public bool IsPost { get; init; }

    /// <summary>How the next page is requested; null for an endpoint whose first answer shows it.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>
    /// True if a family with tokens also accepts a number of records as <c>offset</c>. A walk that lost its token continues with it.
    /// </summary>
    public bool TakesOffset { get; init; }

    /// <summary>Maximum number of records per page.</summary>
    public int MaxPage { get; init; }

    /// <summary>Records per page that the server sends if no number is requested.</summary>
    public int DefaultPage { get; init; } = 100;

    /// <summary>Records per page that are requested if the user gives no number: the maximum, if it is known.</summary>
    public int UsualPage => Continuation is null && !Path.Contains("*") ? DefaultPage : MaxPage;

    /// <summary>Maximum sum of offset and page size; null without such a limit.</summary>
    public int? Window { get; init; }

    /// <summary>The field that identifies a record; null if the records are only ids.</summary>
    public string? IdentityField { get; init; }

    /// <summary>The field with the time at which a record was created; null if there is none.</summary>
    public string? TimeField { get; init; }

    /// <summary>
    /// The fields with a time by which records can be filtered, for slices. Those that never change are first. Empty if the endpoint has no
    /// filter.
    /// </summary>
    public IReadOnlyList<string> TimeFields { get; init; } = [];

    /// <summary>The possible places of the records in an answer. The first existing one is used.</summary>
    public IReadOnlyList<string> ItemsPaths { get; init; } = ["resources"];

    /// <summary>Lifetime of a token if the answer does not say it; null if it is not known.</summary>
    public TimeSpan? TokenLife { get; init; }

    /// <summary>False when no answer has a total.</summary>
    public bool HasTotal { get; init; } = true;

    /// <summary>True if the endpoint refuses requests without a filter.</summary>
    public bool NeedsFilter { get; init; }

    /// <summary>The order that is requested if the user gives none.</summary>
    public string? Sort { get; init; }

    /// <summary>The character between field and direction in a sort order.</summary>
    public char SortSeparator { get; init; } = '.';

    /// <summary>Path of a family that returns the same records with a token and without a window; null if there is none.</summary>
    public string? TokenFamily { get; init; }

    /// <summary>
    /// Fields that never change, and by which records can be sorted and filtered. The first one is used to read past the window if the user
    /// requested no order.
    /// </summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The endpoint with the full records; null if the records are full.</summary>
    public FalconDetails? Details { get; init; }
}
