using LogScalePaging.Export.Store;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>Keeps what a search counted with what it fetched, so that a run that is killed can still be judged when it is resumed.</summary>
internal static class CountedStates
{
    /// <summary>Notes the search's count once it is known, and what speaks against its result.</summary>
    /// <param name="store">The export.</param>
    /// <param name="search">Its search.</param>
    /// <param name="save">False when a part that follows saves it too.</param>
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
