using System.Text.Json;
#if NET
using LogScalePaging.Support;
#endif

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Common readers of csv must read the files.</summary>
public class CsvReadersTests
{
    private const string Python = """
        import csv, json, sys
        with open(sys.argv[1], newline='', encoding='utf-8') as f:
            print(json.dumps(list(csv.DictReader(f, strict=True))))
        """;

    // Older versions refuse a NUL.
    [Needs("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")]
    public void Python_ReadsAllOfIt() => Check(path => Tools.Run("python3", "-c", Python, path));

#if NET
    [Fact]
    public void ImportCsv_ReadsAllOfIt() => Check(path => Tools.Run(RestoredPowerShell.StartInfo("-Command",
        $"$OutputEncoding = [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false); @(Import-Csv -LiteralPath '{path}') | "
            + $"ConvertTo-Json -AsArray -Compress -EscapeHandling EscapeNonAscii")));
#endif

    private static void Check(Func<string, (int ExitCode, string Output)> read)
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        // A tag comes first, as LogScale sends it.
        Record[] events = [Make.Event("{\"#type\":\"t\",\"@timestamp\":2000000,\"@id\":\"first\"}"), .. HostileEvents.Events()];
        Dictionary<string, string>[] expected = [new() { ["#type"] = "t", ["@timestamp"] = "2000000", ["@id"] = "first" },
            .. HostileEvents.Rows()];
        Make.Export(target, events);
        var (exitCode, output) = read(target.Path);
        Assert.True(exitCode == 0, output);
        var rows = JsonSerializer.Deserialize<Dictionary<string, string?>[]>(output)!;
        Assert.Equal(expected.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(
                expected[i].Where(c => c.Value.Length > 0).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)),
                rows[i].Where(c => !string.IsNullOrEmpty(c.Value)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(
                    c => (c.Key, c.Value!)));
        }
    }
}
