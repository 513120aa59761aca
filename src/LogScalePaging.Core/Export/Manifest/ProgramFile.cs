namespace LogScalePaging.Export.Manifest;

/// <summary>One file of the program.</summary>
/// <param name="Path">Its path in the folder of the program, with slashes.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 when it was first needed; null if the file could not be read.</param>
public sealed record ProgramFile(string Path, string? Sha256);
