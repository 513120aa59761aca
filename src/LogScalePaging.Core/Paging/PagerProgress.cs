using System.Text;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Paging;

/// <summary>The progress of one walk of a <see cref="Pager{TRequest, TResponse, TItem}"/>, and its positions.</summary>
internal sealed class PagerProgress(Checkpoint? from)
{
    private const int RememberedPositions = 4096;
    private readonly IdentitySet _visited = new(new IdentityMemory(RememberedPositions));

    /// <summary>The checkpoint after the last page that was passed on.</summary>
    public Checkpoint? Safe { get; private set; } = from;

    public long Received { get; private set; } = from?.Received ?? 0;

    public long Duplicates { get; private set; } = from?.Duplicates ?? 0;

    public long Pages { get; private set; } = from?.Pages ?? 0;

    public int EmptyInARow { get; set; }

    /// <summary>Pages in a row with items, but without new ones.</summary>
    public int IdleInARow { get; set; }

    /// <summary>The largest count so far.</summary>
    public long MostCounted { get; set; }

    public int Restarts { get; set; }

    /// <summary>Records that the walk visits a position.</summary>
    /// <returns>False if it was visited before.</returns>
    public bool Visit(PagePosition position) =>
        _visited.Add(ItemIdentity.Of(Encoding.UTF8.GetBytes(position.ToKey()), default)) != Sighting.Known;

    /// <summary>Pages that may be repeated before a new one: the number of pages that were read when the walk started again.</summary>
    public long PagesToRepeat { get; private set; }

    /// <summary>Lets the walk visit positions again.</summary>
    public void BeginAgain()
    {
        _visited.Clear();
        (PagesToRepeat, IdleInARow) = (Pages + 1, 0);
    }

    /// <summary>Counts a page that is passed on.</summary>
    public void HandOn<TItem>(Page<TItem> page)
    {
        Received += page.Items.Count;
        Duplicates += page.Info.Duplicates;
        Pages = page.Info.Number;
        Safe = page.Next;
    }
}
