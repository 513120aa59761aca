using System.Text;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Store;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Events;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Bytes that are not valid UTF-8, in events and alone.</summary>
public class Utf8Tests
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public static TheoryData<string, int?, int> Outputs => new()
    {
        { "x.json", null, 100 }, { "x.ndjson", null, 100 }, { "x.ndjson", null, 2 }, { "x.csv", null, 2 }, { "x.json.gz", 2, 2 },
            { "x.ndjson", 2, 100 },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void AnExport_IsValidUtf8_AndSaysHowManyEventsWereNot(string name, int? maxFileEvents, int partSize)
    {
        foreach (var property in new[] { null, new[] { "@timestamp", "@id", "value" } })
        {
            using var folder = new TempFolder();
            var target = folder.Target(name) with { MaxFileEvents = maxFileEvents, Property = property };
            var signals = new SignalLog();
            ExportManifest? manifest = null;
            using (var store = ExportStore.Create(target, Make.State()))
            {
                foreach (var part in Events().Chunk(partSize))
                    store.AddPart("a", part);
                store.Update(s => s.WithLane("a", l => l with { Done = true }));
                store.Assemble(signals, null, CancellationToken.None, f => manifest = Make.Manifest(target, store.State,
                    f) with
                { Counts = new ManifestCounts { Written = f.Events, InvalidUtf8 = f.InvalidUtf8 } });
                store.Complete();
            }
            var warning = Assert.Single(signals.Warnings);
            Assert.Equal((SignalKind.InvalidUtf8, 3, "3 records have bytes that are not valid UTF-8. They are replaced by U+FFFD."),
                (warning.Kind, warning.Count, warning.Message));
            Assert.Equal(3, manifest!.Counts.InvalidUtf8);
            Assert.Equal(3, Verifying.AssertValid(target.ManifestPath).Counts.InvalidUtf8);
            var text = string.Concat(manifest.Files.Select(f => s_strict.GetString(Read(folder.In(f.Path), target.Compress))));
            Assert.Contains("<\ufffd\ufffd>", text, StringComparison.Ordinal);
            Assert.Contains("Ünï", text, StringComparison.Ordinal);
            if (target.Format == ExportFormat.Json)
                JsonDocument.Parse(Read(folder.In(manifest.Files[0].Path), target.Compress)).Dispose();
        }
    }

    [Fact]
    public void ValidEvents_AreTheServersOwnBytes()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.ndjson");
        var events = Events().Where(e => Utf8Text.IsValid(e.Utf8.Span)).ToArray();
        var signals = new SignalLog();
        Assert.Equal(0, Make.Export(target, events, signals).InvalidUtf8);
        Assert.Empty(signals.Warnings);
        Assert.Equal(events.SelectMany(e => (byte[])[.. e.Utf8.Span, (byte)'\n']), File.ReadAllBytes(target.Path));
    }

    [Fact]
    public void OfALimit_OnlyWhatIsWrittenIsCounted()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.ndjson");
        Assert.Equal(1, Make.Export(target, Events(), maxEvents: 2).InvalidUtf8);
        Verifying.AssertValid(target.Path);
    }

    [Fact]
    public void APartOfAnOlderVersion_IsCheckedToo()
    {
        using var folder = new TempFolder();
        var target = folder.Target("x.ndjson");
        using (var store = ExportStore.Create(target, Make.State()))
        {
            store.AddPart("a", Events(), done: true);
            Assert.False(store.State.Lanes[0].Parts[0].IsUtf8);
            store.Update(s => s.WithLane("a", l => l with { Parts = [l.Parts[0] with { IsUtf8 = null }] }));
        }
        using var resumed = Stores.Resume(target);
        Assert.Equal(3, resumed.Assemble(new SignalLog(), null, CancellationToken.None).InvalidUtf8);
        s_strict.GetString(File.ReadAllBytes(target.Path));
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Csv)]
    public void AStream_IsValidUtf8Too(ExportFormat format)
    {
        var signals = new SignalLog();
        using var stream = new MemoryStream();
        using var writer = EventWriters.Create(format, stream, format == ExportFormat.Csv ? ["@id", "value"] : null, signals);
        foreach (var e in Events())
            writer.Write(e);
        writer.Write(HostileEvents.BadUtf8().Utf8.Span);
        writer.Finish();
        Assert.Contains("<\ufffd\ufffd>", s_strict.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(signals.Warnings).Count);
    }

    [Fact]
    public void RandomBytes_AreCheckedAndReplacedAsInDotNet_ForAnySplit()
    {
        var random = new Random(17);
        byte[][] pieces = [[0x41], "é"u8.ToArray(), "漢"u8.ToArray(), "😀"u8.ToArray(), [0xC3], [0xE6, 0xBC], [0xF0, 0x9F, 0x98], [0x80],
            [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5], [0xF4, 0x90], [0xFF], [0xE0, 0x80]];
        var invalid = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Enumerable.Range(0, random.Next(12)).SelectMany(_ =>
                pieces[random.Next(random.Next(3) == 0 ? pieces.Length : 4)]).ToArray();
            var expected = IsValid(bytes);
            invalid += expected ? 0 : 1;
            Assert.Equal(expected, Utf8Text.IsValid(bytes));
#if NET
            // .NET Framework and Mono write another number of U+FFFD; the engine writes what .NET writes.
            Assert.Equal(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)), Utf8Text.Mended(bytes).ToArray());
#else
            Assert.True(IsValid(Utf8Text.Mended(bytes).ToArray()));
#endif
            Assert.Equal(expected, Walk(bytes));
            var check = new Utf8Check();
            for (int at = 0, next; at < bytes.Length; at = next)
            {
                next = Math.Min(bytes.Length, at + random.Next(5));
                check.Add(bytes.AsSpan(at, next - at));
            }
            Assert.True(expected == check.IsValid, Convert.ToHexString(bytes));
        }
        Assert.InRange(invalid, 2_000, 18_000);
    }

    private static bool Walk(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (Utf8Sequence.Next(bytes) is var length && length < 0)
                return false;
            bytes = bytes[length..];
        }
        return true;
    }

    private static bool IsValid(byte[] bytes)
    {
        try
        {
            s_strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Record[] Events() =>
    [
        Bad(9, "id-9"), Make.Event("{\"@timestamp\":8,\"@id\":\"id-8\",\"value\":\"Ünï\"}"), Bad(7, "id-7"),
            Make.Event("{\"@timestamp\":6,\"@id\":\"id-6\",\"value\":\"漢\"}"), Bad(5, "id-5"),
    ];

    private static Record Bad(int time, string id) =>
        LogScaleEvents.Parse((byte[])[.. Encoding.UTF8.GetBytes($"{{\"@timestamp\":{time},\"@id\":\"{id}\",\"value\":\"<"), 0xFF, 0xC3,
            .. ">\"}"u8]);

    private static byte[] Read(string path, bool compressed)
    {
        using var file = File.OpenRead(path);
        using var stream = compressed ? new System.IO.Compression.GZipStream(file,
            System.IO.Compression.CompressionMode.Decompress) : (Stream)file;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
