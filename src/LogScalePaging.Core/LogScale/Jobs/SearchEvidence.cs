using LogScalePaging.Common;
using LogScalePaging.Search.Proof;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Doubts about the result that answers of a search raised, as data for the verdict. Safe for many threads.</summary>
internal sealed class SearchEvidence
{
    // The first doubt is shown. More doubts than this add nothing.
    private const int Most = 20;
    private readonly DoubtList _doubts = new(Most);

    /// <summary>The doubts in the order in which they were found, each once.</summary>
    public IReadOnlyList<string> Doubts => _doubts.All;

    /// <summary>Records a reason why the result may be incomplete: a part of a sentence.</summary>
    public void Question(string why) => _doubts.Add(why);

    /// <summary>Records the doubts in the metadata of an answer.</summary>
    public void Note(QueryResult answer)
    {
        foreach (var warning in answer.Metadata.Warnings)
        {
            if (ServerWarning.QuestionsResult(warning))
                Question($"the server warns: {Printable.Line(warning)}");
        }
    }
}
