using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Walks;

/// <summary>Checks that a plan from a file is one that a search of LogScale makes.</summary>
internal static class SavedPlanCheck
{
    /// <exception cref="FormatException">The plan is not valid. The message says why.</exception>
    public static void EnsureUsable(SavedPlan saved)
    {
        switch (saved)
        {
            case { Strategy: nameof(SearchStrategy.Around), Left: null }:
                if (saved.From is { Strategy: nameof(SearchStrategy.Around) } from)
                    new AroundStrategy(new QueryJobSpec("*"), pageSize: 1).EnsureReadable(from.Position);
                return;
            case
            {
                Strategy: nameof(SearchStrategy.Window) or nameof(SearchStrategy.Stream) or nameof(SearchStrategy.OneJob),
                Left: { } left
            }:
                if (left.Count > 0 && saved.Strategy == nameof(SearchStrategy.Window))
                    ResultBuffer.FromNotes(saved.Notes);
                return;
            case
            {
                Strategy: nameof(SearchStrategy.Around) or nameof(SearchStrategy.Window) or nameof(SearchStrategy.Stream)
                or nameof(SearchStrategy.OneJob)
            }:
                throw new FormatException($"The strategy '{saved.Strategy}' does not make these lanes.");
            default:
                throw new FormatException($"The strategy '{Printable.Line(saved.Strategy)}' is not known.");
        }
    }
}
