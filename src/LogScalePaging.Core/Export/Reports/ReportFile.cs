using System.Text;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Reports;

/// <summary>Writes a report to a file. It never replaces a file of the export.</summary>
internal static class ReportFile
{
    /// <summary>Ending of a report beside its output.</summary>
    public const string Ending = ".report.html";

    private static readonly StringComparison s_names = Path.DirectorySeparatorChar == '\\'
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>Checks that a report can be written.</summary>
    /// <param name="path">Path of the report.</param>
    /// <param name="survey">The export.</param>
    /// <param name="force">Replace an existing file.</param>
    /// <exception cref="ExportException">It cannot.</exception>
    public static void EnsurePossible(string path, ExportSurvey survey, bool force)
    {
        FileKinds.EnsureFileOrNothing(path);
        var folder = Path.GetDirectoryName(survey.OutputPath)!;
        var ours = survey.Manifest.Files.Select(f => Path.Combine(folder, Path.GetFileName(f.Path))).Concat(
        [
            survey.OutputPath, survey.OutputPath + ExportTarget.ManifestEnding, survey.OutputPath + ExportTarget.ChecksumEnding,
            survey.OutputPath + ExportTarget.ManifestEnding + ExportTarget.TimestampEnding,
        ]);
        if (ours.Any(file => string.Equals(Path.GetFullPath(file), path, s_names)))
            throw new ExportException(ExportErrorKind.BadPath, path,
                $"'{path}' is a file of the export. Choose another path for the report.");
        if (File.Exists(path) && !force)
            throw new ExportException(ExportErrorKind.OutputExists, path,
                $"'{path}' already exists. Use -Force (--force) to replace it, or choose another path.");
    }

    /// <summary>Writes it completely, or not at all.</summary>
    /// <exception cref="ExportException">It cannot be written.</exception>
    public static void Write(string path, string html)
    {
        try
        {
            var temporary = path + DurableFile.TemporaryEnding;
            FileKinds.EnsureFileOrNothing(temporary);
            DurableFile.Write(path, Encoding.UTF8.GetBytes(html));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.NotWritten(path, e);
        }
    }
}
