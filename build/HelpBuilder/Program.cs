using LogScalePaging.HelpBuilder;
using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Output;

// HelpBuilder build|update OPTIONS-FILE, as src/LogScalePaging.csproj runs it.
if (args is not [("build" or "update") and var task, var file])
{
    Console.Error.WriteLine("Usage: HelpBuilder build|update OPTIONS-FILE");
    return 2;
}
var options = Options.Read(file);
var pages = new HelpPageSet(options.Pages, CmdletReader.Read(options.Assembly, options.References));
if (task == "update")
{
    foreach (var changed in pages.Update())
        Console.WriteLine($"Written: {changed}");
}
else
{
    var help = pages.Check();
    if (!pages.Problems.Exists(p => p.IsError))
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.Output)!);
        using var stream = File.Create(options.Output);
        MamlWriter.Write(stream, help);
    }
}
foreach (var problem in pages.Problems)
    Console.WriteLine(problem);
return pages.Problems.Exists(p => p.IsError) ? 1 : 0;
