using LogScalePaging.Export.Runs;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Commands;

/// <summary>Shows the reports of one search. Callable on any thread.</summary>
/// <param name="voice">Shows the progress.</param>
/// <param name="activity">The activity.</param>
/// <param name="limit">Maximum number of events; null for all.</param>
internal sealed class ProgressNotes(CommandVoice voice, string activity, long? limit)
{
    private readonly ProgressMeter _meter = new(TimeProvider.System, limit);

    /// <summary>True when every expected event was received.</summary>
    public bool IsDone => _meter.Read().Fraction >= 1;

    /// <summary>Reports the progress of a search.</summary>
    public void Note(SearchProgress progress)
    {
        _meter.Add(progress);
        voice.Note(() => ProgressText.Of(activity, _meter.Read(), bytes: null));
    }

    /// <summary>Reports the progress of an export.</summary>
    public void Note(ExportProgress progress)
    {
        _meter.Add(progress.Search);
        voice.Note(() => ProgressText.Of(activity, _meter.Read(), progress));
    }
}
