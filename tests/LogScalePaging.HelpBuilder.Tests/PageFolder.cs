namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>A folder of pages, with the file that new pages link to.</summary>
internal sealed class PageFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("logscale-paging-help-");

    public PageFolder()
    {
        Path = _root.CreateSubdirectory(System.IO.Path.Combine("docs", "commands")).FullName;
        var module = _root.CreateSubdirectory(System.IO.Path.Combine("module", "en-US")).FullName;
        File.WriteAllText(System.IO.Path.Combine(module, "about_LogScalePaging.help.txt"), "");
    }

    public string Path { get; }

    public void Dispose() => _root.Delete(recursive: true);
}
