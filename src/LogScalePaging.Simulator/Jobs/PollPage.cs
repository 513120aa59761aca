using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>The rows of a poll: a page of the result buffer, sorted if requested.</summary>
internal readonly record struct PollPage(int Offset, int? Limit, string? SortBy, bool Descending)
{
    public static bool TryParse(HttpRequest request, out PollPage page, [NotNullWhen(false)] out string? problem)
    {
        page = default;
        if (!TryCount(request, "paginationOffset", out var offset, out problem)
            || !TryCount(request, "paginationLimit", out var limit, out problem))
            return false;
        var order = request.Parameter("sortOrder") ?? "desc";
        if (order is not ("asc" or "desc"))
        {
            problem = "The query parameter 'sortOrder' was malformed: asc or desc expected";
            return false;
        }
        // Only pages are sorted. Without a limit, the server ignores the sort options.
        page = new PollPage(offset ?? 0, limit, limit is null ? null : request.Parameter("sortBy"), order == "desc");
        return true;
    }

    public Rows Of(Rows rows)
    {
        if (SortBy is not null)
            rows = RowOrder.By(rows, SortBy, Descending);
        return rows.Slice(Offset, Limit ?? int.MaxValue);
    }

    private static bool TryCount(HttpRequest request, string name, out int? count, [NotNullWhen(false)] out string? problem)
    {
        (count, problem) = (null, null);
        if (request.Parameter(name) is not { } text)
            return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            count = number;
            return true;
        }
        problem = $"The query parameter '{name}' was malformed: a number from 0 to 2147483647 expected";
        return false;
    }
}
