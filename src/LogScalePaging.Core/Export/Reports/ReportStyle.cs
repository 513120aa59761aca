using System.Security.Cryptography;
using System.Text;

namespace LogScalePaging.Export.Reports;

/// <summary>The style of a report: light or dark as the reader's system is, and light on paper. It loads nothing.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css =
        """
        :root { color-scheme: light dark; --page: #fff; --text: #1b1f24; --faint: #57606a; --line: #d0d7de; --box: #f6f8fa; --bar: #0969da;
          --good: #1a7f37; --bad: #cf222e; --doubtful: #8a5a00; --hole: #ffd8d3; }
        @media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --box: #151b23;
          --bar: #4493f8; --good: #3fb950; --bad: #ff7b72; --doubtful: #d29922; --hole: #5d1f1a; } }
        @media print { :root { --page: #fff; --text: #000; --faint: #333; --line: #999; --box: #fff; --bar: #0550ae; --good: #116329;
          --bad: #a40e26; --doubtful: #6a4400; --hole: #ffd8d3; }
          body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; }
          tr, svg, pre { break-inside: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        * { box-sizing: border-box; }
        body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; margin: 0 auto;
          max-width: 1000px; padding: 24px; }
        h1 { font-size: 1.6em; margin: 0 0 .2em; overflow-wrap: anywhere; }
        h2 { border-bottom: 1px solid var(--line); font-size: 1.2em; margin: 2em 0 .6em; padding-bottom: .2em; }
        p { margin: .4em 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; padding: .3em .6em .3em 0; text-align: left;
          vertical-align: top; }
        th { color: var(--faint); font-weight: 600; }
        .facts th { width: 13em; }
        .hash, pre { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: .9em; }
        .hash { overflow-wrap: anywhere; }
        pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; margin: .6em 0; overflow-wrap: anywhere;
          padding: .6em; white-space: pre-wrap; }
        .verdict { border: 2px solid var(--line); border-radius: 8px; margin: 1em 0; padding: .6em 1em; }
        .verdict strong { font-size: 1.2em; }
        .good { border-color: var(--good); } .good strong { color: var(--good); }
        .bad { border-color: var(--bad); } .bad strong { color: var(--bad); }
        .doubtful { border-color: var(--doubtful); } .doubtful strong { color: var(--doubtful); }
        .faint { color: var(--faint); font-size: .9em; }
        svg { display: block; height: auto; width: 100%; }
        svg .bar { fill: var(--bar); } svg .hole { fill: var(--hole); } svg .axis { stroke: var(--line); stroke-width: 1; }
        svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }

        """;

    /// <summary>The policy of the page: this style, and nothing else.</summary>
    public static string Policy { get; } = $"default-src 'none'; style-src 'sha256-{Hash()}'; base-uri 'none'; form-action 'none'";

    private static string Hash()
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(Css.Replace("\r\n", "\n"))));
    }
}
