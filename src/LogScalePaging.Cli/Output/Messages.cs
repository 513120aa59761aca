using System.Text;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Cli.Output;

/// <summary>
/// Standard error: whole messages, and on a terminal one line below them that changes in place. A message takes that line away and it
/// comes back beneath. Safe for many threads.
/// </summary>
internal sealed class Messages(CliHost host, bool quiet, bool verbose)
{
    // "^C", which the terminal itself puts behind the line when it is pressed.
    private const int Echo = 2;

    private readonly Lock _gate = new();
    private readonly List<string> _secrets = [];
    private Func<string, string> _cleaner = text => text;
    private string _status = "";

    /// <summary>Only warnings, errors and results that are not whole.</summary>
    public bool Quiet { get; } = quiet;

    /// <summary>A line a request as well.</summary>
    public bool Verbose { get; } = verbose;

    /// <summary>The colours of this stream.</summary>
    public Palette Colours { get; } = Palette.For(host, quiet);

    /// <summary>Columns that text may take.</summary>
    public int Width => host.ErrorIsTerminal ? host.Width() : int.MaxValue;

    /// <summary>Keeps a secret out of everything that is said from here on, whoever echoes it.</summary>
    public void Hide(string secret)
    {
        // What is shorter stands in ordinary words as well.
        if (secret.Length >= 8)
            _secrets.Add(secret);
    }

    /// <summary>Passes everything that is said from here on through a cleaner.</summary>
    public void CleanWith(Func<string, string> cleaner) => _cleaner = cleaner;

    /// <summary>What is nice to know; not said when quiet.</summary>
    public void Info(string text)
    {
        if (!Quiet)
            Say(text);
    }

    /// <summary>What happens inside; said only when asked for.</summary>
    public void Detail(string text)
    {
        if (Verbose)
            Write([Colours.Faint(Clean(text))]);
    }

    /// <summary>A signal of the engine, by its level.</summary>
    public void Tell(PagingSignal signal)
    {
        if (signal.Level != SignalLevel.Warning)
            Detail($"{signal.Kind}: {signal.Message}");
        // The verdict says that itself, with its numbers.
        else if (signal.Kind is not (SignalKind.PartialResult or SignalKind.Unverified))
            Warning(signal.Message);
    }

    /// <summary>What must be known to trust the result.</summary>
    public void Warning(string text) => Labelled("warning", Colours.Doubtful, text);

    /// <summary>Why it failed.</summary>
    public void Error(string text) => Labelled("error", Colours.Bad, text);

    /// <summary>A message in any case, fitted to the terminal.</summary>
    public void Say(string text) => Write(TextLayout.Wrap(Clean(text), Width));

    /// <summary>Lines that are fitted and painted already.</summary>
    public void Write(IReadOnlyList<string> lines)
    {
        lock (_gate)
        {
            var status = _status;
            Erase();
            foreach (var line in lines)
                Put(line + host.Error.NewLine);
            Put(status);
            _status = status;
        }
    }

    /// <summary>Shows the line below, or takes it away with an empty text. Does nothing where it could not be drawn in place.</summary>
    public void Status(string text)
    {
        // Rows of data would stand between.
        if (!host.ErrorIsTerminal || Quiet)
            return;
        // The last column is left free: a terminal may break the line there.
        var line = TextLayout.Clip(Clean(text), Width - 1);
        lock (_gate)
        {
            if (line == _status)
                return;
            // Overwritten and not erased first, so that it does not flicker.
            Put('\r' + line + Blank(_status.Length - line.Length + (line.Length == 0 ? Echo : 0)) + (line.Length == 0 ? "\r" : ""));
            _status = line;
        }
    }

    private void Labelled(string label, Func<string, string> paint, string text)
    {
        var lines = TextLayout.Wrap($"{label}: {Clean(text)}", Width);
        Write([paint(label) + lines[0][label.Length..], .. lines.Skip(1)]);
    }

    private void Erase()
    {
        if (_status.Length > 0)
            Put('\r' + Blank(_status.Length + Echo) + '\r');
        _status = "";
    }

    // A terminal that was closed must not take the run with it, which has jobs to delete and parts to keep.
    private void Put(string text)
    {
        try
        {
            host.Error.Write(text);
            host.Error.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    // No wider than the terminal is now: it may have been made narrower since.
    private string Blank(int columns) => new(' ', Math.Clamp(columns, 0, Width - 1));

    private string Clean(string text)
    {
        var clean = new StringBuilder(Printable.Block(OptionNames.ForCommandLine(_cleaner(text))));
        foreach (var secret in _secrets)
            clean.Replace(secret, "***");
        return clean.ToString();
    }
}
