using System.Management.Automation;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>Some records of a page, with the objects that were made from them.</summary>
/// <param name="Page">The whole page.</param>
/// <param name="From">Index of the first record of the part.</param>
/// <param name="Objects">One object for each record of the part; empty if no objects were made ahead.</param>
/// <param name="IsLast">True for the last part of the page.</param>
internal sealed record PagePart(Page<Record> Page, int From, IReadOnlyList<PSObject> Objects, bool IsLast)
{
    /// <summary>Number of records.</summary>
    public int Count { get; private init; } = Objects.Count;

    /// <summary>Records that were passed on so far, because the pipeline can stop at any of them.</summary>
    public int PassedOn { get; set; }

    /// <summary>A whole page without objects.</summary>
    public static PagePart Whole(Page<Record> page) => new(page, 0, [], IsLast: true) { Count = page.Items.Count };
}
