using LogScalePaging.Export;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Output;

/// <summary>Shows how far an export is: in place on a terminal; where there is none, as a plain line every few seconds of a run that takes long.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_inPlace = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan s_plain = TimeSpan.FromSeconds(5);

    // A run of cron that is done by then says nothing of its progress.
    private static readonly TimeSpan s_firstPlain = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Messages _messages;
    private readonly long? _limit;
    private readonly ProgressStyle _style;
    private readonly ProgressMeter _meter;
    private readonly ITimer? _timer;
    private ExportProgress? _last;
    private ExportProgress? _said;

    /// <summary>Begins; nothing is shown before the first report.</summary>
    /// <param name="host">The world.</param>
    /// <param name="messages">Where to.</param>
    /// <param name="limit">Events at most.</param>
    /// <param name="style">How.</param>
    public ProgressLine(CliHost host, Messages messages, long? limit, ProgressStyle style)
    {
        (_messages, _limit, _style, _meter) = (messages, limit, style, new ProgressMeter(host.Time, limit));
        if (style == ProgressStyle.None)
            return;
        _timer = style == ProgressStyle.InPlace
            ? host.Time.CreateTimer(_ => Show(), null, s_inPlace, s_inPlace)
            : host.Time.CreateTimer(_ => Show(), null, s_firstPlain, s_plain);
    }

    /// <summary>The style that disturbs nothing.</summary>
    /// <param name="host">The world.</param>
    /// <param name="quiet">Whether nothing is wanted.</param>
    /// <param name="toStandardOutput">Whether rows go to standard output.</param>
    public static ProgressStyle StyleFor(CliHost host, bool quiet, bool toStandardOutput) => (quiet, toStandardOutput) switch
    {
        (true, _) => ProgressStyle.None,
        (_, true) when host.OutIsTerminal => ProgressStyle.None,
        // Whoever reads the pipe may well write to this terminal.
        (_, true) when host.OutIsPipe => ProgressStyle.Plain,
        _ => host.ErrorIsTerminal ? ProgressStyle.InPlace : ProgressStyle.Plain,
    };

    /// <summary>Takes a report. Cheap: what is shown is decided by the clock, not by how often pages come.</summary>
    public void Report(ExportProgress progress)
    {
        lock (_gate)
        {
            _last = progress;
            _meter.Add(progress.Search);
        }
    }

    /// <summary>Ends it and takes the line away.</summary>
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
            var line = ProgressText.Line(progress, _limit, _meter.Read().PerSecond, _style == ProgressStyle.InPlace ? _messages.Width - 1 : int.MaxValue);
            if (_style == ProgressStyle.InPlace)
                _messages.Status(line);
            else if (!ReferenceEquals(progress, _said))
                _messages.Info("progress: " + line);
            _said = progress;
        }
    }
}
