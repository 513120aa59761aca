using System.Text;
using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>What one walk of a <see cref="Pager{TRequest, TResponse, TItem}"/> has handed on, and where it was.</summary>
internal sealed class PagerProgress(Checkpoint? from)
{
    private const int RememberedPositions = 4096;
    private readonly IdentitySet _visited = new(new IdentityMemory(RememberedPositions));

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

    /// <summary>Lets the walk visit positions again.</summary>
    public void ForgetPositions() => _visited.Clear();

    /// <summary>Counts a page that is handed on.</summary>
    public void HandOn<TItem>(Page<TItem> page)
    {
        Received += page.Items.Count;
        Duplicates += page.Info.Duplicates;
        Pages = page.Info.Number;
        Safe = page.Next;
    }
}
