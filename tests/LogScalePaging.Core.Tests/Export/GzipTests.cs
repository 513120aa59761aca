using System.IO.Compression;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Core.Tests.Export;

public class GzipTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public void TheCompressedData_AreThePlainOutput(int count)
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "x.json", "x.ndjson", "x.csv" })
        {
            Make.Export(folder.Target(name), Make.Events(count));
            Make.Export(folder.Target(name + ".gz"), Make.Events(count));
            using var stream = new GZipStream(File.OpenRead(folder.In(name + ".gz")), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            stream.CopyTo(plain);
            Assert.Equal(File.ReadAllBytes(folder.In(name)), plain.ToArray());
        }
    }

    /// <summary>A compressor's output depends on the pieces that it is fed; a resumption cuts its parts elsewhere.</summary>
    [Fact]
    public void TheBytes_DoNotDependOnTheParts()
    {
        using var folder = new TempFolder();
        var hashes = new[] { 20_000, 777, 5_001 }.Select((partSize, i) =>
        {
            var target = folder.Target($"x{i}.ndjson.gz");
            new FakeWalk([(Make.Lane("a"), Make.Events(20_000))]) { PartSize = () => partSize }.Run(target);
            return FileHash.Sha256(target.Path);
        });
        Assert.Single(hashes.Distinct());
    }

    [Needs("gzip")]
    public void Gzip_TakesIt_EvenWhenNothingIsInIt()
    {
        using var folder = new TempFolder();
        foreach (var count in new[] { 0, 1, 3000 })
        {
            var target = folder.Target($"x{count}.ndjson.gz");
            Make.Export(target, Make.Events(count));
            var (exitCode, output) = Tools.Run("gzip", "--test", target.Path);
            Assert.True(exitCode == 0, output);
        }
    }
}
