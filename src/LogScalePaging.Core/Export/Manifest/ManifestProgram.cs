namespace LogScalePaging.Export.Manifest;

/// <summary>The program of the last run.</summary>
/// <param name="Runtime">Name and version of the runtime.</param>
/// <param name="System">Name and version of the operating system.</param>
/// <param name="Files">The files that the program consists of.</param>
public sealed record ManifestProgram(string Runtime, string System, IReadOnlyList<ProgramFile> Files);
