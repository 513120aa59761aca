using System.Reflection;

namespace LogScalePaging.Architecture.Tests;

public sealed class FolderSizeTests
{
    // A folder with more files becomes rooms with names. A newcomer reads the names of the rooms first.
    private const int Most = 24;

    [Fact]
    public void A_folder_of_the_product_has_at_most_24_files()
    {
        var sources = typeof(FolderSizeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "Sources").Value!;
        var folders = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .GroupBy(file => Path.GetDirectoryName(file)!).ToList();

        Assert.True(folders.Count > 50, $"Only {folders.Count} folders were found.");
        Assert.Empty(folders.Where(folder => folder.Count() > Most).Select(folder => $"{folder.Key}: {folder.Count()} files"));
    }
}
