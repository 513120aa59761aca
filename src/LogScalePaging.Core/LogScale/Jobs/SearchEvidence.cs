using LogScalePaging.Common;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Doubts about the result that answers of a search raised, as data for the verdict. Safe for many threads.</summary>
internal sealed class SearchEvidence
{
    // The first doubt is shown. More doubts than this add nothing.
    private const int Most = 20;
    private readonly object _gate = new();
    private readonly List<string> _doubts = [];

    /// <summary>The doubts in the order in which they were found, each once.</summary>
    public IReadOnlyList<string> Doubts
    {
        get
        {
            lock (_gate)
                return [.. _doubts];
        }
    }

    /// <summary>Records a reason why the result may be incomplete: a part of a sentence.</summary>
    public void Question(string why)
    {
        lock (_gate)
        {
            if (_doubts.Count < Most && !_doubts.Contains(why))
                _doubts.Add(why);
        }
    }

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
