using LogScalePaging.Export.Runs;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Cli.Output;

/// <summary>Shows the progress of an export: on a terminal in place, else as a line every few seconds of a long run.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_inPlace = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan s_plain = TimeSpan.FromSeconds(5);

    // A run of cron that ends before this prints no progress.
    private static readonly TimeSpan s_firstPlain = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Messages _messages;
    private readonly long? _limit;
    private readonly ProgressStyle _style;
    private readonly ProgressMeter _meter;
    private readonly ITimer? _timer;
    private ExportProgress? _last;
    private ExportProgress? _said;

    /// <summary>Creates it. Nothing is shown before the first report.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="messages">The messages to print to.</param>
    /// <param name="limit">Maximum number of events.</param>
    /// <param name="style">How to show progress.</param>
    public ProgressLine(CliHost host, Messages messages, long? limit, ProgressStyle style)
    {
        (_messages, _limit, _style, _meter) = (messages, limit, style, new ProgressMeter(host.Time, limit));
        if (style == ProgressStyle.None)
            return;
        _timer = style == ProgressStyle.InPlace
            ? host.Time.CreateTimer(_ => Show(), null, s_inPlace, s_inPlace)
            : host.Time.CreateTimer(_ => Show(), null, s_firstPlain, s_plain);
    }

    /// <summary>The style that does not disturb other output.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="quiet">Whether the user wants no progress.</param>
    /// <param name="toStandardOutput">Whether rows go to standard output.</param>
    public static ProgressStyle StyleFor(CliHost host, bool quiet, bool toStandardOutput) => (quiet, toStandardOutput) switch
    {
        (true, _) => ProgressStyle.None,
        (_, true) when host.OutIsTerminal => ProgressStyle.None,
        // The reader of the pipe may write to this terminal.
        (_, true) when host.OutIsPipe => ProgressStyle.Plain,
        _ => host.ErrorIsTerminal ? ProgressStyle.InPlace : ProgressStyle.Plain,
    };

    /// <summary>Takes a report. This is cheap: the clock decides what is shown, not the number of pages.</summary>
    public void Report(ExportProgress progress)
    {
        lock (_gate)
        {
            _last = progress;
            _meter.Add(progress.Search);
        }
    }

    /// <summary>Ends it and removes the line.</summary>
    public void Dispose()
    {
        if (_timer is null)
            return;
        lock (_gate)
        {
            _last = null;
            _timer.Dispose();
            _messages.Status("");
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_last is not { } progress)
                return;
            var line = ProgressWords.Line(progress, _limit, _meter.Read().PerSecond,
                _style == ProgressStyle.InPlace ? _messages.Width - 1 : int.MaxValue);
            if (_style == ProgressStyle.InPlace)
                _messages.Status(line);
            else if (!ReferenceEquals(progress, _said))
                _messages.Info("progress: " + line);
            _said = progress;
        }
    }
}
