using System.Text;
using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>What one walk of a <see cref="Pager{TRequest, TResponse, TItem}"/> has handed on, and what it remembers.</summary>
internal sealed class PagerProgress(Checkpoint? from, IdentitySet known)
{
    private const int RememberedPositions = 4096;
    private readonly IdentitySet _visited = new(new IdentityMemory(RememberedPositions));

    /// <summary>The items seen.</summary>
    public IdentitySet Known { get; } = known;

    /// <summary>The checkpoint after the last page that was handed on.</summary>
    public Checkpoint? Safe { get; private set; } = from;

    public long Received { get; private set; } = from?.Received ?? 0;

    public long Duplicates { get; private set; } = from?.Duplicates ?? 0;

    public long Pages { get; private set; } = from?.Pages ?? 0;

    public int EmptyInARow { get; set; }

    /// <summary>Pages in a row that held items, none of them new.</summary>
    public int IdleInARow { get; set; }

    /// <summary>The largest count that was had while the walk went on.</summary>
    public long MostCounted { get; set; }

    public int Restarts { get; set; }

    /// <summary>Notes that the walk comes to a position.</summary>
    /// <returns>False when it was there before.</returns>
    public bool Visit(PagePosition position) => _visited.Add(ItemIdentity.Of(Encoding.UTF8.GetBytes($"({position})"), default)) != Sighting.Known;

    /// <summary>Pages that may come again before one of them can be new: those that were read when the walk began again.</summary>
    public long PagesToRepeat { get; private set; }

    /// <summary>Lets the walk visit positions again.</summary>
    public void BeginAgain()
    {
        _visited.Clear();
        (PagesToRepeat, IdleInARow) = (Pages + 1, 0);
    }

    /// <summary>Counts a page that is handed on.</summary>
    public void HandOn<TItem>(Page<TItem> page)
    {
        Received += page.Items.Count;
        Duplicates += page.Info.Duplicates;
        Pages = page.Info.Number;
        Safe = page.Next;
    }
}
