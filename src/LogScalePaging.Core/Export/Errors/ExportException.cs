using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Errors;

/// <summary>An error of the files of an export. The message says what happened, what is kept and what to do next.</summary>
/// <param name="kind">What went wrong.</param>
/// <param name="path">The file or folder concerned.</param>
/// <param name="message">For a person.</param>
/// <param name="inner">The system's exception, if there was one.</param>
public sealed class ExportException(ExportErrorKind kind, string path, string message, Exception? inner = null) : Exception(message, inner),
    ISinkFailure
{
    /// <summary>What went wrong.</summary>
    public ExportErrorKind Kind { get; } = kind;

    /// <summary>The file or folder concerned.</summary>
    public string Path { get; } = path;
}
