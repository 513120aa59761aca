using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Core.Tests.Export;

public class CsvTests
{
    private static string Csv(IReadOnlyList<string> columns, params string[] events) =>
        WriterTests.Write(ExportFormat.Csv, columns, events);

    [Fact]
    public void HostileText_IsReadBackByAPlainReader()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        Make.Export(target, HostileEvents.Events());
        var rows = CsvText.Records(File.ReadAllText(target.Path));
        var expected = HostileEvents.Rows();
        Assert.Equal(expected.Length, rows.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(
                expected[i].Where(c => c.Value.Length > 0).OrderBy(c => c.Key, StringComparer.Ordinal),
                rows[i].Where(c => c.Value.Length > 0).OrderBy(c => c.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Columns_AreTheUnionInOrderOfFirstAppearance()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        var finished = Make.Export(target, [Make.Event("{\"b\":1}"), Make.Event("{\"a\":2,\"b\":3}"), Make.Event("{\"c\":4}")]);
        Assert.Equal("b,a,c\r\n1,,\r\n3,2,\r\n,,4\r\n", File.ReadAllText(target.Path));
        Assert.Equal(["b", "a", "c"], finished.Columns);
    }

    [Fact]
    public void Columns_OfEventsBeyondTheLimitDoNotAppear()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        Make.Export(target, [Make.Event("{\"b\":1}"), Make.Event("{\"a\":2}")], maxEvents: 1);
        Assert.Equal("b\r\n1\r\n", File.ReadAllText(target.Path));
    }

    [Fact]
    public void AFirstColumnThatLooksLikeAComment_IsNotFirst()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        Make.Export(target, [Make.Event("{\"#repo\":\"r\",\"#type\":\"t\",\"a\":1}")]);
        Assert.Equal("a,#repo,#type\r\n1,r,t\r\n", File.ReadAllText(target.Path));
    }

    [Fact]
    public void AskedFields_AreTheColumnsAsAsked()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv") with { Property = ["#c", "a"] };
        var signals = new SignalLog();
        Make.Export(target, [Make.Event("{\"a\":1,\"b\":2}"), Make.Event("{\"#c\":3}")], signals);
        Assert.Equal("#c,a\r\n,1\r\n3,\r\n", File.ReadAllText(target.Path));
        Assert.Contains("Import-Csv", Assert.Single(signals.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoEvents_GiveAnEmptyFile()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        var finished = Make.Export(target, []);
        Assert.Equal("", File.ReadAllText(target.Path));
        Assert.Equal(0, finished.Events);
        Make.Export(target with { Force = true, Property = ["a", "b"] }, []);
        Assert.Equal("a,b\r\n", File.ReadAllText(target.Path));
    }

    [Fact]
    public void EventsWithoutFields_AreRowsToo()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        Make.Export(target, [Make.Event("{}"), Make.Event("{}")]);
        Assert.Equal("\"\"\r\n\"\"\r\n\"\"\r\n", File.ReadAllText(target.Path));
        Verifying.AssertValid(target.Path);
    }

    [Fact]
    public void AFieldAskedForTwice_IsOneColumn()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv") with { Property = ["b", "a", "b"] };
        Make.Export(target, [Make.Event("{\"a\":1,\"b\":2}")]);
        Assert.Equal("b,a\r\n2,1\r\n", File.ReadAllText(target.Path));
        Verifying.AssertValid(target.Path);
    }

    [Fact]
    public void OneEmptyColumn_IsStillARow() => Assert.Equal("a\r\n\"\"\r\n1\r\n", Csv(["a"], "{\"b\":1}", "{\"a\":1}"));

    [Fact]
    public void ARepeatedName_HasItsLastValue() => Assert.Equal("a\r\n2\r\n", Csv(["a"], "{\"a\":1,\"a\":2}"));

    [Fact]
    public void BadUtf8_BecomesTheReplacementCharacterAndTheRowStays()
    {
        using var stream = new MemoryStream();
        using var writer = EventWriters.Create(ExportFormat.Csv, stream, ["@id", "value"], null);
        writer.Write(HostileEvents.BadUtf8());
        writer.Finish();
        Assert.Equal("@id,value\r\nbad,<\ufffd\ufffd>\r\n", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("{\"a\":1 ")]
    [InlineData("{\"a\":1,")]
    [InlineData("{\"a\":1,\"b")]
    [InlineData("{\"a\":1,\"b\"}")]
    [InlineData("{\"a\":1,\"b\":}")]
    [InlineData("{\"a\":1 \"b\":\"\\")]
    [InlineData("{\"a\":1,\"b\":[{\"]\"")]
    public void ADamagedEvent_KeepsItsRowAndIsNamed(string json)
    {
        var signals = new SignalLog();
        var text = WriterTests.Write(ExportFormat.Csv, ["a"], signals, json, "{\"a\":2}");
        Assert.Equal("a\r\n1\r\n2\r\n", text);
        Assert.Equal(1, signals.CountOf(SignalKind.PartialResult));
    }

    // Cut here, 1 may be the beginning of any number.
    [Fact]
    public void AnEventCutWithinANumber_KeepsItsRowWithoutIt()
    {
        var signals = new SignalLog();
        Assert.Equal("a,b\r\n2,\r\n", WriterTests.Write(ExportFormat.Csv, ["a", "b"], signals, "{\"a\":2,\"b\":1"));
        Assert.Equal(1, signals.CountOf(SignalKind.PartialResult));
    }

    [Fact]
    public void FormulaLikeCells_AreKeptAndCounted()
    {
        var signals = new SignalLog();
        string[] formulas = ["=1+1", "+x", "-cmd|x", "@SUM", "\\t=1", "\\r=1", "+"];
        string[] harmless = ["-", "-5", "+5", "-1.5e3", "a=1", "", "0"];
        var text = WriterTests.Write(ExportFormat.Csv, ["a"], signals,
            [.. formulas.Concat(harmless).Select(v => $"{{\"a\":\"{v}\"}}"), "{\"a\":-7}"]);
        Assert.Contains("\r\n=1+1\r\n", text, StringComparison.Ordinal);
        Assert.Equal(formulas.Length - 1, signals.CountOf(SignalKind.FormulaLikeCell));
        Assert.StartsWith("6 cells look like a spreadsheet formula", Assert.Single(signals.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsThatDifferOnlyInCase_AreKeptAndNamed()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        var signals = new SignalLog();
        Make.Export(target, [Make.Event("{\"Name\":1,\"name\":2}")], signals);
        Assert.Equal("Name,name\r\n1,2\r\n", File.ReadAllText(target.Path));
        Assert.Equal(1, signals.CountOf(SignalKind.AmbiguousColumn));
    }

    [Fact]
    public void ManyColumnsAndManyOrders_AreFoundEachTime()
    {
        using var folder = new TempFolder();
        var target = folder.Target("events.csv");
        var random = new Random(4711);
        var events = Enumerable.Range(0, 400).Select(_ =>
        {
            var names = Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"f{random.Next(1000)}").Distinct().ToArray();
            return names.ToDictionary(n => n, n => n + "!");
        }).ToArray();
        Make.Export(target, events.Select(e => Make.Event(System.Text.Json.JsonSerializer.Serialize(e))));
        var rows = CsvText.Records(File.ReadAllText(target.Path));
        Assert.Equal(events.Length, rows.Count);
        for (var i = 0; i < events.Length; i++)
            Assert.Equal(events[i].OrderBy(c => c.Key), rows[i].Where(c => c.Value.Length > 0).OrderBy(c => c.Key));
    }
}
