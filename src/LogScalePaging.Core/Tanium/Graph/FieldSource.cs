using System.Globalization;

namespace LogScalePaging.Tanium.Graph;

/// <summary>
/// Makes the text for a field and the fields of its records. The text has the cursor as a value and declares no variables, because their
/// types differ between versions of the schema.
/// </summary>
/// <param name="name">The field of the query: <c>endpoints</c>.</param>
/// <param name="selection">The fields of a record.</param>
/// <param name="total">The name of the total: <see cref="Total"/> or <see cref="Count"/>.</param>
internal sealed class FieldSource(string name, IReadOnlyList<string> selection, string total = FieldSource.Total) : IGraphSource
{
    /// <summary>The total, which some collections do not have.</summary>
    public const string Total = "totalRecords";

    /// <summary>The name that some collections give their total.</summary>
    public const string Count = "totalCount";

    /// <summary>What a collection says about the estate, which most do not have.</summary>
    public const string Collection = "collectionInfo";

    private static readonly string[] s_collection = ["expectedTotal", "respondedTotal", "startCursor", "success"];

    /// <summary>Everything that is left out where a collection does not have it.</summary>
    public static IReadOnlyList<string> Optional { get; } = [Total, Count, Collection, .. s_collection];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public byte[] Body(GraphPage page, IReadOnlyCollection<string> withheld) => GraphBody.Of(Text(page, withheld));

    private string Text(GraphPage page, IReadOnlyCollection<string> withheld)
    {
        var isPage = page is { IsCount: false, IsProbe: false };
        var wanted = isPage ? WithId() : GraphSelection.Id;
        var (more, next) = page.Backward ? ("hasPreviousPage", "startCursor") : ("hasNextPage", "endCursor");
        var asked = withheld.Contains(total) ? "" : $" {total}";
        var parts = s_collection.Where(part => !withheld.Contains(part)).ToList();
        var collection = page.IsCount || withheld.Contains(Collection) || parts.Count == 0
            ? ""
            : $" {Collection} {{ {string.Join(" ", parts)} }}";
        return $"query {{ {Name}({Arguments(page)}) {{ edges {{ node {{ {wanted} }} }} "
            + $"pageInfo {{ {more} {next} }}{asked}{collection} }} }}";
    }

    private string WithId() => string.Join(" ", selection.Any(s => GraphSelection.NameOf(s) == GraphSelection.Id)
        ? selection
        : [GraphSelection.Id, .. selection]);

    private static string Arguments(GraphPage page)
    {
        var (size, cursor) = page.Backward ? ("last", "before") : ("first", "after");
        var text = $"{size}: {page.Size.ToString(CultureInfo.InvariantCulture)}";
        if (page.Cursor is { } at)
            text += $", {cursor}: {GraphBody.Quoted(at)}";
        return page.Refresh is { } refresh ? $"{text}, refresh: {GraphBody.Quoted(refresh)}" : text;
    }
}
