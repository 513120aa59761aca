using System.Management.Automation;
using System.Management.Automation.Host;
using LogScalePaging.Common;
using LogScalePaging.Export.Reports;

namespace LogScalePaging.Commands;

/// <summary>
/// <c>Show-PagedExport</c>: draws an export of any system and format: its records over time, what is missing, and the verdict.
/// </summary>
[Cmdlet(VerbsCommon.Show, "PagedExport", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Show-PagedExport.md")]
[OutputType(typeof(ExportChart))]
public sealed class ShowPagedExportCommand : ExportPathCommandBase
{
    private const int UsualWidth = 80;
    private const int MostWidth = 200;

    /// <summary>Columns of the chart; null for those of the terminal.</summary>
    [Parameter]
    [ValidateRange(TerminalChart.SmallestWidth, MostWidth)]
    public int? Width { get; set; }

    /// <summary>Use ASCII only.</summary>
    [Parameter]
    public SwitchParameter Ascii { get; set; }

    private protected override void Process(string path)
    {
        var width = Width ?? Math.Min(MostWidth, Math.Max(TerminalChart.SmallestWidth, TerminalWidth()));
        var survey = Survey(path, TerminalChart.Bars(width));
        WriteObject(
            new ExportChart(survey, new TerminalChart(survey, width, Ascii || !CanShowBlocks(), OptionNames.ForPowerShell).Lines()));
    }

    // A host without a terminal has no width. Some hosts throw.
    private int TerminalWidth()
    {
        try
        {
            return Host?.UI?.RawUI?.WindowSize.Width is > 0 and var columns ? columns - 1 : UsualWidth;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException or InvalidOperationException)
        {
            return UsualWidth;
        }
    }

    private static bool CanShowBlocks()
    {
        const int Utf16 = 1200;
        const int Utf8 = 65001;
        return Console.OutputEncoding.CodePage is Utf8 or Utf16;
    }
}
