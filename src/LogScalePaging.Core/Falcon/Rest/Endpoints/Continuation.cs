namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>How the answers of a family of endpoints say where the next page begins, and how a request sends this back.</summary>
/// <param name="Name">Name in positions.</param>
/// <param name="Parameter">The parameter that sends it back. A POST request has it in its body.</param>
/// <param name="Paths">The places in an answer that may have it. The first value that is not empty is used.</param>
internal sealed record Continuation(string Name, string Parameter, params string[] Paths)
{
    /// <summary>
    /// True for a number of records to skip, which the strategy counts. False for a token, which only the server can read.
    /// </summary>
    public bool IsOffset { get; init; }

    /// <summary>
    /// A number of records. The number in an answer is the next offset in some endpoints and the current offset in others, so it is never
    /// read.
    /// </summary>
    public static Continuation Offset { get; } = new("offset", "offset", "meta.pagination.offset") { IsOffset = true };

    /// <summary>A token with the name of an offset; <c>next_page</c> is a link that contains the same token.</summary>
    public static Continuation Scroll { get; } = new("scroll", "offset", "meta.pagination.offset", "meta.pagination.next_page");

    /// <summary>A token that is sent back under another name. The <c>offset</c> of these answers is empty on every page.</summary>
    public static Continuation Next { get; } = new("next", "offset", "meta.pagination.next");

    /// <summary>The token <c>after</c>.</summary>
    public static Continuation After { get; } = new("after", "after", "meta.pagination.after");

    /// <summary>The token <c>next_token</c>: inside the pagination, next to it, or nested.</summary>
    public static Continuation NextToken { get; } = new("next_token", "next_token", "meta.pagination.next_token", "meta.next_token",
        "next_token",
        "meta.pagination.Paging.next_token", "meta.Paging.next_token", "Paging.next_token");

    /// <summary>
    /// All continuations, in the order in which they are tried for an endpoint that is not in the table: tokens before offsets, because
    /// offsets are limited to a window.
    /// </summary>
    public static IReadOnlyList<Continuation> All { get; } = [After, NextToken, Next, Scroll, Offset];

    /// <summary>The continuation with this name; null if there is none.</summary>
    public static Continuation? Find(string? name) => All.FirstOrDefault(shape => shape.Name == name);
}
