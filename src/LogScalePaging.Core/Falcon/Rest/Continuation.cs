namespace LogScalePaging.Falcon.Rest;

/// <summary>How the answers of a family say where the next page begins, and how that is sent back.</summary>
/// <param name="Name">Name, as positions state it.</param>
/// <param name="Parameter">The parameter that sends it back. A POST has it in its body.</param>
/// <param name="Paths">Where an answer may have it; the first that is not empty counts.</param>
internal sealed record Continuation(string Name, string Parameter, params string[] Paths)
{
    /// <summary>True for a number of records to skip, which is ours to count. False for a token, which only the server reads.</summary>
    public bool IsOffset { get; init; }

    /// <summary>
    /// A number of records. The one in the answer is the next one in some endpoints and the given one in others, so it is never read.
    /// </summary>
    public static Continuation Offset { get; } = new("offset", "offset", "meta.pagination.offset") { IsOffset = true };

    /// <summary>A token with the name of an offset; <c>next_page</c> is a link with the same token in it.</summary>
    public static Continuation Scroll { get; } = new("scroll", "offset", "meta.pagination.offset", "meta.pagination.next_page");

    /// <summary>A token that goes back under another name. The answer's own <c>offset</c> is empty on every page.</summary>
    public static Continuation Next { get; } = new("next", "offset", "meta.pagination.next");

    /// <summary>The token <c>after</c>.</summary>
    public static Continuation After { get; } = new("after", "after", "meta.pagination.after");

    /// <summary>The token <c>next_token</c>: inside the pagination, beside it, or nested.</summary>
    public static Continuation NextToken { get; } = new("next_token", "next_token", "meta.pagination.next_token", "meta.next_token",
        "next_token",
        "meta.pagination.Paging.next_token", "meta.Paging.next_token", "Paging.next_token");

    /// <summary>
    /// All shapes, in the order in which an endpoint that is not in the table is asked for them: tokens before offsets, which have a
    /// window.
    /// </summary>
    public static IReadOnlyList<Continuation> All { get; } = [After, NextToken, Next, Scroll, Offset];

    /// <summary>The shape of a name; null for none.</summary>
    public static Continuation? Find(string? name) => All.FirstOrDefault(shape => shape.Name == name);
}
