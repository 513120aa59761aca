namespace LogScalePaging.HelpBuilder;

/// <summary>
/// The options from the build, one per line: <c>assembly=</c>, <c>pages=</c>, <c>output=</c> and a <c>reference=</c> for each assembly.
/// </summary>
/// <param name="Assembly">The assembly of the cmdlets.</param>
/// <param name="Pages">Folder of the pages.</param>
/// <param name="Output">The file to make.</param>
/// <param name="References">Assemblies that it was compiled with.</param>
internal sealed record Options(string Assembly, string Pages, string Output, IReadOnlyList<string> References)
{
    /// <summary>Reads the file.</summary>
    public static Options Read(string file)
    {
        var lines = File.ReadAllLines(file).Select(l => l.Split('=', 2)).Where(l => l.Length == 2).ToLookup(l => l[0], l => l[1]);
        return new Options(lines["assembly"].Single(), lines["pages"].Single(), lines["output"].Single(), [.. lines["reference"]]);
    }
}
