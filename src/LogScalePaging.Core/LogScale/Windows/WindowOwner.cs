using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// Decides which rows of a job belong to its window. Usually the time of a row decides. If the query writes the times, every row of a job
/// belongs to its window, unless an earlier window has the same row, because the job's end is inclusive. Windows must then be fetched one
/// after the other.
/// </summary>
/// <param name="asSent">True if the query writes the times.</param>
internal sealed class WindowOwner(bool asSent)
{
    private readonly IdentitySet _kept = new(IdentityMemory.All);
    private readonly List<ItemIdentity> _rows = [];
    private bool _foundNeighbours;

    /// <summary>Adds the rows of windows that an earlier run kept.</summary>
    public void Recall(Action<IdentitySet>? recall)
    {
        if (asSent)
            recall?.Invoke(_kept);
    }

    /// <summary>The page with the window's own rows.</summary>
    public Page<Record> Owned(Page<Record> page, TimeWindow window)
    {
        if (!asSent)
        {
            return window.IsWhole || AreOwned(page.Items, window)
                ? page
                : page with { Items = [.. page.Items.Where(e => window.Owns(e.Timestamp!.Value))] };
        }
        if (window.IsWhole)
            return page;
        var own = new List<Record>(page.Items.Count);
        foreach (var row in page.Items)
        {
            var identity = RecordIdentity.Of(in row);
            if (_kept.Knows(identity))
            {
                _foundNeighbours = true;
                continue;
            }
            own.Add(row);
            _rows.Add(identity);
        }
        return page with { Items = own };
    }

    [MethodImpl(HotPath.Method)]
    private static bool AreOwned(IReadOnlyList<Record> rows, TimeWindow window)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!window.Owns(rows[i].Timestamp!.Value))
                return false;
        }
        return true;
    }

    /// <summary>Keeps the last window.</summary>
    /// <returns>True if a job listed rows of the previous window.</returns>
    public bool Keep()
    {
        if (!asSent)
            return false;
        foreach (var row in _rows)
            _kept.Add(row);
        _rows.Clear();
        return _foundNeighbours;
    }

    /// <summary>Discards the last window.</summary>
    public void Drop()
    {
        if (asSent)
            _rows.Clear();
    }
}
