using LogScalePaging.Export.State;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Store;

/// <summary>Saves the counts of a search with its records, so that a killed run can still be judged when it is resumed.</summary>
internal static class CountedStates
{
    /// <summary>Saves the search's count when it is known, and the doubts about its result.</summary>
    /// <param name="store">The export.</param>
    /// <param name="search">Its search.</param>
    /// <param name="save">False if a later part saves it too.</param>
    public static void Counted(this ExportStore store, ISearch search, bool save = true)
    {
        var isNew = (store.State.ExpectedBefore is null && search.ExpectedBefore is not null) || VerdictNotes.Differ(store.State, search);
        if (!save && !isNew)
            return;
        store.Update(
            state => VerdictNotes.Of(state, search) with
            {
                ExpectedBefore = search.ExpectedBefore ?? state.ExpectedBefore,
                LateFrom = search.LateFrom ?? state.LateFrom,
            },
            save);
    }
}
