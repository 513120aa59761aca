using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Reports;

namespace LogScalePaging.Commands;

/// <summary><c>New-PagedExportReport</c>: writes one HTML page about an export of any system and format.</summary>
[Cmdlet(VerbsCommon.New, "PagedExportReport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true,
    HelpUri = HelpPages.Folder + "New-PagedExportReport.md")]
[OutputType(typeof(FileInfo))]
public sealed class NewPagedExportReportCommand : ExportPathCommandBase
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file of the report, or a folder; null for a file beside the export.</summary>
    [Parameter(Position = 1)]
    [Alias("ReportPath")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replace an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(string path)
    {
        var survey = Survey(path, ReportChart.Bars);
        var file = FileOf(survey);
        if (_written.Contains(file))
            throw new ExportException(ExportErrorKind.OutputExists, file,
                $"'{file}' has the report of another export. Give a folder with -Destination, or leave it out.");
        ReportFile.EnsurePossible(file, survey, Force);
        if (!ShouldProcess(file, $"Write a report about: {survey.OutputPath}"))
            return;
        ReportFile.Write(file, new ReportPage(survey, TimeProvider.System.GetUtcNow(), OptionNames.ForPowerShell).Html());
        _written.Add(file);
        WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }

    private string FileOf(ExportSurvey survey)
    {
        var beside = survey.OutputPath + ReportFile.Ending;
        if (Destination is null)
            return beside;
        var given = FilePath.Resolve(this, Destination);
        return Directory.Exists(given) ? System.IO.Path.Combine(given, System.IO.Path.GetFileName(beside)) : given;
    }
}
