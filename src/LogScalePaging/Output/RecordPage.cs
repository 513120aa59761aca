using System.Management.Automation;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging;

/// <summary>A page of records with its metadata: what the query cmdlets emit with <c>-AsPage</c>.</summary>
public sealed class RecordPage : ResultPage
{
    internal RecordPage(PSObject[] records, Checkpoint? next, PageInfo info) : base(info, records.Length)
    {
        Records = records;
        Position = next?.Position.ToString();
    }

    /// <summary>
    /// Where the next page begins, as JSON with the cursor or time that the system pages by. Null on the last page, and on pages of a
    /// time window.
    /// </summary>
    public string? Position { get; }

    /// <summary>The records.</summary>
    public PSObject[] Records { get; }
}
