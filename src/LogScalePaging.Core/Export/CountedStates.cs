using LogScalePaging.LogScale;

namespace LogScalePaging.Export;

/// <summary>Keeps what a search counted with what it fetched, so that a run that is killed can still be judged when it is resumed.</summary>
internal static class CountedStates
{
    /// <summary>Notes the search's count once it is known.</summary>
    /// <param name="store">The export.</param>
    /// <param name="search">Its search.</param>
    /// <param name="save">False when a part that follows saves it too.</param>
    public static void Counted(this ExportStore store, LogScaleSearch search, bool save = true)
    {
        var isNew = (store.State.ExpectedBefore is null && search.ExpectedBefore is not null) || store.State.Doubts.Count < search.AnswerDoubts.Count;
        if (!save && !isNew)
            return;
        store.Update(
            state => state with
            {
                ExpectedBefore = search.ExpectedBefore ?? state.ExpectedBefore,
                LateFrom = search.LateFrom ?? state.LateFrom,
                Doubts = [.. state.Doubts.Union(search.AnswerDoubts)],
            },
            save);
    }
}
