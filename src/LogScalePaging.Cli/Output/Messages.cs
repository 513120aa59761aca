using System.Text;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Cli.Output;

/// <summary>
/// Writes to standard error: messages and, on a terminal, one status line below them that changes in place. The status line is removed
/// before a message and shown again after it. Safe for many threads.
/// </summary>
internal sealed class Messages(CliHost host, bool quiet, bool verbose)
{
    // The terminal writes "^C" after the line when it is pressed.
    private const int Echo = 2;

    private readonly Lock _gate = new();
    private readonly List<string> _secrets = [];
    private Func<string, string> _cleaner = text => text;
    private string _status = "";

    /// <summary>Print only warnings, errors and results that are not Complete.</summary>
    public bool Quiet { get; } = quiet;

    /// <summary>Print a line for each request too.</summary>
    public bool Verbose { get; } = verbose;

    /// <summary>The colours of this stream.</summary>
    public Palette Colours { get; } = Palette.For(host, quiet);

    /// <summary>Width available for text.</summary>
    public int Width => host.ErrorIsTerminal ? host.Width() : int.MaxValue;

    /// <summary>Removes a secret from all later messages.</summary>
    public void Hide(string secret)
    {
        // A shorter secret also occurs in ordinary words.
        if (secret.Length >= 8)
            _secrets.Add(secret);
    }

    /// <summary>Passes all later messages through a cleaner.</summary>
    public void CleanWith(Func<string, string> cleaner) => _cleaner = cleaner;

    /// <summary>Prints information, unless quiet.</summary>
    public void Info(string text)
    {
        if (!Quiet)
            Say(text);
    }

    /// <summary>Prints details, if verbose.</summary>
    public void Detail(string text)
    {
        if (Verbose)
            Write([Colours.Faint(Clean(text))]);
    }

    /// <summary>Prints a signal of the engine, according to its level.</summary>
    public void Tell(PagingSignal signal)
    {
        if (signal.Level != SignalLevel.Warning)
            Detail($"{signal.Kind}: {signal.Message}");
        // The verdict says this itself, with its numbers.
        else if (signal.Kind is not (SignalKind.PartialResult or SignalKind.Unverified))
            Warning(signal.Message);
    }

    /// <summary>Prints something that the user must know to trust the result.</summary>
    public void Warning(string text) => Labelled("warning", Colours.Doubtful, text);

    /// <summary>Prints why the command failed.</summary>
    public void Error(string text) => Labelled("error", Colours.Bad, text);

    /// <summary>Prints a message in any case, wrapped to the terminal.</summary>
    public void Say(string text) => Write(TextLayout.Wrap(Clean(text), Width));

    /// <summary>Prints lines that are wrapped and coloured already.</summary>
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

    /// <summary>Shows the status line, or removes it if the text is empty. Does nothing if it cannot be drawn in place.</summary>
    public void Status(string text)
    {
        // Rows of data would be mixed with the status line.
        if (!host.ErrorIsTerminal || Quiet)
            return;
        // The last column stays free, because a terminal may wrap there.
        var line = TextLayout.Clip(Clean(text), Width - 1);
        lock (_gate)
        {
            if (line == _status)
                return;
            // The line is overwritten instead of erased first, so that it does not flicker.
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

    // If the terminal was closed, the run continues, because it has jobs to delete and parts to keep.
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

    // No wider than the terminal is now. It may have been made narrower.
    private string Blank(int columns) => new(' ', Math.Clamp(columns, 0, Width - 1));

    private string Clean(string text)
    {
        var clean = new StringBuilder(Printable.Block(OptionNames.ForCommandLine(_cleaner(text))));
        foreach (var secret in _secrets)
            clean.Replace(secret, "***");
        return clean.ToString();
    }
}
