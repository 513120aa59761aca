namespace LogScalePaging.HelpBuilder.Tests;

public sealed class HelpPagesTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_cmdlet_needs_a_page_and_every_page_a_cmdlet()
    {
        Write("Get-Sample.md", Sample.Text);
        Write("Get-Nothing.md", Sample.Text);
        var pages = new HelpPageSet(_folder.Path, Sample.Cmdlets);
        Assert.Equal("Get-Sample", Assert.Single(pages.Check()).Cmdlet.Name);
        Assert.Collection(
            pages.Problems.Select(p => (Path.GetFileName(p.File), p.Line, p.Kind, p.IsError)),
            p => Assert.Equal(("Get-Nothing.md", 1, ProblemKind.Mismatch, true), p),
            p => Assert.Equal(("Stop-Sample.md", 1, ProblemKind.Mismatch, true), p));
    }

    [Fact]
    public void An_update_leaves_pages_that_cannot_be_read()
    {
        var bad = Sample.With("## NOTES", "## REMARKS").Replace("Type: SampleKind", "Type: Other", StringComparison.Ordinal);
        Write("Get-Sample.md", bad);
        var pages = new HelpPageSet(_folder.Path, Sample.Cmdlets);
        Assert.Equal("Stop-Sample.md", Path.GetFileName(Assert.Single(pages.Update())));
        Assert.Equal(bad, File.ReadAllText(Path.Combine(_folder.Path, "Get-Sample.md")));
        Assert.Equal("Get-Sample.md", Path.GetFileName(Assert.Single(pages.Problems, p => p.IsError).File));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.Path, name), text);
}
