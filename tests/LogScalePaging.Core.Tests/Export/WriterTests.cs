using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Core.Tests.Export;

public class WriterTests
{
    private const string A = "{\"@timestamp\":2,\"@id\":\"a\",\"n\":18446744073709551615}";
    private const string B = "{\"@timestamp\":1,\"@id\":\"b\",\"s\":\"\\u00e9\\n\"}";

    internal static string Write(ExportFormat format, IReadOnlyList<string>? columns, params string[] events) =>
        Write(format, columns, signals: null, events);

    internal static string Write(ExportFormat format, IReadOnlyList<string>? columns, SignalLog? signals, params string[] events)
    {
        using var stream = new MemoryStream();
        using (var writer = EventWriters.Create(format, stream, columns, signals))
        {
            foreach (var e in events)
                writer.Write(Encoding.UTF8.GetBytes(e));
            Assert.Equal(events.Length, writer.Rows);
            writer.Finish();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void Json_IsOneArrayWithAnEventALine()
    {
        Assert.Equal("[]\n", Write(ExportFormat.Json, null));
        Assert.Equal($"[\n{A}\n]\n", Write(ExportFormat.Json, null, A));
        Assert.Equal($"[\n{A},\n{B},\n{A}\n]\n", Write(ExportFormat.Json, null, A, B, A));
    }

    [Fact]
    public void NdJson_IsAnEventALine()
    {
        Assert.Equal("", Write(ExportFormat.NdJson, null));
        Assert.Equal($"{A}\n", Write(ExportFormat.NdJson, null, A));
        Assert.Equal($"{A}\n{B}\n", Write(ExportFormat.NdJson, null, A, B));
    }

    [Fact]
    public void Csv_HasAHeaderWhereThereAreColumns()
    {
        Assert.Equal("", Write(ExportFormat.Csv, []));
        Assert.Equal("a,b\r\n", Write(ExportFormat.Csv, ["a", "b"]));
        Assert.Equal("a,b\r\n1,\r\n,\"\"\r\n", Write(ExportFormat.Csv, ["a", "b"], "{\"a\":1}", "{\"b\":\"\"}"));
    }

    [Fact]
    public void Csv_NeedsItsColumns() =>
        Assert.Throws<ArgumentNullException>(() => EventWriters.Create(ExportFormat.Csv, Stream.Null, null, null));

    [Fact]
    public void AnEventOverSeveralLines_StaysOneRow()
    {
        var pretty = "{\r\n  \"a\": 1,\n  \"b\": \"x\\ny\"\n}";
        Assert.Equal("{    \"a\": 1,   \"b\": \"x\\ny\" }\n", Write(ExportFormat.NdJson, null, pretty));
        Assert.Equal("b,a\r\n\"x\ny\",1\r\n", Write(ExportFormat.Csv, ["b", "a"], pretty));
    }

    [Fact]
    public void ARecordAndItsBytes_AreWrittenAlike()
    {
        using var stream = new MemoryStream();
        using var writer = EventWriters.Create(ExportFormat.NdJson, stream, null, null);
        writer.Write(Make.Event(A));
        writer.Write(Encoding.UTF8.GetBytes(A));
        writer.Finish();
        Assert.Equal($"{A}\n{A}\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Projection_KeepsTheAskedFieldsInTheAskedOrderAndTheServersBytes()
    {
        string[] fields = ["s", "n", "missing", "@id"];
        Assert.Equal("{\"n\":18446744073709551615,\"@id\":\"a\"}\n", Write(ExportFormat.NdJson, fields, A));
        Assert.Equal("[\n{\"s\":\"\\u00e9\\n\",\"@id\":\"b\"},\n{}\n]\n", Write(ExportFormat.Json, fields, B, "{\"x\":1}"));
    }

    [Fact]
    public void Projection_FindsANameInEveryEscapedForm() =>
        Assert.Equal("{\"a\\\"é\":[1, {\"b\":\"]\"}]}\n",
            Write(ExportFormat.NdJson, ["a\"é"], "{ \"\\u0061\\\"\\u00e9\" : [1, {\"b\":\"]\"}] , \"z\" : null }"));

    [Fact]
    public void ARowLargerThanEveryBuffer_ComesWhole()
    {
        var large = "{\"s\":\"" + new string('x', 3 * BlockBuffer.DefaultSize) + "\"}";
        Assert.Equal($"{A}\n{large}\n{A}\n", Write(ExportFormat.NdJson, null, A, large, A));
        Assert.Equal(large.Length - 8 + 5, Write(ExportFormat.Csv, ["s"], large).Length);
    }
}
