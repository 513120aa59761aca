using LogScalePaging.Support;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("logscalepaging-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        SecretWatch.LookIn(Path);
        Directory.Delete(Path, recursive: true);
        SecretWatch.AssertNone();
    }
}
