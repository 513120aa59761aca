using LogScalePaging.Common;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>What the answers of a search said against its result, as data for the verdict. For many threads.</summary>
internal sealed class SearchEvidence
{
    // The first one is shown; more than these add nothing.
    private const int Most = 20;
    private readonly object _gate = new();
    private readonly List<string> _doubts = [];

    /// <summary>The doubts in the order in which they arose, each once.</summary>
    public IReadOnlyList<string> Doubts
    {
        get
        {
            lock (_gate)
                return [.. _doubts];
        }
    }

    /// <summary>Notes a reason why the result may not be all that matches: part of a sentence.</summary>
    public void Question(string why)
    {
        lock (_gate)
        {
            if (_doubts.Count < Most && !_doubts.Contains(why))
                _doubts.Add(why);
        }
    }

    /// <summary>Notes what an answer says of itself.</summary>
    public void Note(QueryResult answer)
    {
        foreach (var warning in answer.Metadata.Warnings)
        {
            if (ServerWarning.QuestionsResult(warning))
                Question($"the server warns: {Printable.Line(warning)}");
        }
    }
}
