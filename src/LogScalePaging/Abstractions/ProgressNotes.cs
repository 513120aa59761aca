using LogScalePaging.Export;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>Turns the reports of one search into what its cmdlet shows. Callable on any thread.</summary>
/// <param name="voice">Where it is shown.</param>
/// <param name="activity">What is being done.</param>
/// <param name="limit">Events at most; null for all.</param>
internal sealed class ProgressNotes(CommandVoice voice, string activity, long? limit)
{
    private readonly ProgressMeter _meter = new(TimeProvider.System, limit);

    /// <summary>Notes how far a search is.</summary>
    public void Note(SearchProgress progress)
    {
        _meter.Add(progress);
        voice.Note(() => ProgressText.Of(activity, _meter.Read(), bytes: null));
    }

    /// <summary>Notes how far an export is.</summary>
    public void Note(ExportProgress progress)
    {
        _meter.Add(progress.Search);
        voice.Note(() => ProgressText.Of(activity, _meter.Read(), progress));
    }
}
