using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>The files of the program that a manifest lists.</summary>
public sealed class ProgramFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModule_IsListedWithItsScripts()
    {
        foreach (var file in new[]
        {
            "LogScalePaging.psd1", "LogScalePaging.Format.ps1xml", "LICENSE", "bin/net8.0/LogScalePaging.dll", "bin/net8.0/other.dll",
            "bin/net8.0/dependencies/LogScalePaging.Core.dll", "bin/net8.0/dependencies/Polly.Core.dll",
            "bin/net8.0/dependencies/unused.dll",
            "bin/netstandard2.0/LogScalePaging.dll",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.In(file))!);
            File.WriteAllText(_folder.In(file), file);
        }
        var files = ProgramFiles.Of(_folder.In("bin/net8.0/dependencies/LogScalePaging.Core.dll"), ["Polly.Core", "System.Runtime"]);
        Assert.Equal(
            ["LogScalePaging.Format.ps1xml", "LogScalePaging.psd1", "bin/net8.0/LogScalePaging.dll",
                "bin/net8.0/dependencies/LogScalePaging.Core.dll",
                "bin/net8.0/dependencies/Polly.Core.dll"],
            files.Select(f => f.Path));
        Assert.All(files, f => Assert.Equal(FileHash.Sha256(_folder.In(f.Path)), f.Sha256));
    }

    [Fact]
    public void AProgram_IsListedWithItsOwnFolderOnly()
    {
        Directory.CreateDirectory(_folder.In("app"));
        foreach (var file in new[] { "app/LogScalePaging.Core.dll", "app/LogScalePaging.Cli.dll", "app/x.ps1xml",
            "LogScalePaging.Other.dll" })
            File.WriteAllText(_folder.In(file), file);
        var files = ProgramFiles.Of(_folder.In("app/LogScalePaging.Core.dll"), []);
        Assert.Equal(["LogScalePaging.Cli.dll", "LogScalePaging.Core.dll"], files.Select(f => f.Path));
    }
}
