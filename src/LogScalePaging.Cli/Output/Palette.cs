namespace LogScalePaging.Cli.Output;

/// <summary>Colours for terminals that support them.</summary>
internal sealed class Palette(bool enabled)
{
    /// <summary>The colours for standard error.</summary>
    public static Palette For(CliHost host, bool quiet) => new(!quiet && host.ErrorIsTerminal && IsWanted(host));

    public string Good(string text) => Paint("32;1", text);

    public string Doubtful(string text) => Paint("33;1", text);

    public string Bad(string text) => Paint("31;1", text);

    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => enabled && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;

    // https://no-color.org: the variable is set and not empty.
    private static bool IsWanted(CliHost host)
    {
        if (!string.IsNullOrEmpty(host.Environment("NO_COLOR")))
            return false;
        var terminal = host.Environment("TERM");
        // The old Windows console prints escapes as text. The new one sets a variable.
        return terminal != "dumb" && (!OperatingSystem.IsWindows() || terminal is not null || host.Environment("WT_SESSION") is not null);
    }
}
