using System.Text;
using System.Text.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

/// <summary>Identity and time of records of any schema, wherever and however they are written.</summary>
public sealed class RecordParserTests
{
    private const long Instant = 1_777_593_600_000_000_000;
    private static readonly JsonSerializerOptions s_relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("Iso", """{"_rowId":"r1","_time":"2026-05-01T00:00:00.000000001Z"}""", "r1", Instant + 1)]
    [InlineData("Iso", """{"data":{"a":[1,{"b":2}]},"_time":"2026-05-01T00:00:00Z","x":9007199254740993,"_rowId":"r1"}""", "r1", Instant)]
    [InlineData("Iso", """{ "x" : null , "_rowId" : "r1" , "_time" : "2026-05-01T02:00:00+02:00" }""", "r1", Instant)]
    [InlineData("Iso", """{"\u005frowId":"r1","_ti\u006De":"2026-05-01T02:00:00\u002B02:00"}""", "r1", Instant)]
    [InlineData("Iso", """{"_rowId":"a\"b\\","_time":"2026-05-01T00:00:00.0000001Z"}""", "a\"b\\", Instant + 100)]
    [InlineData("Iso", """{"data":{"_rowId":"inner","_time":"2026-05-01T00:00:00Z"},"list":[{"_rowId":"inner"}]}""", null, null)]
    [InlineData("Iso", """{"_rowId":"outer","data":{"_rowId":"inner","_time":"2026-05-01T00:00:00Z"}}""", "outer", null)]
    [InlineData("Iso", """{"_rowId":"first","_rowId":"last","_time":"2026-05-01T00:00:00Z","_time":"2026-05-01T00:00:00.5Z"}""", "last",
        Instant + 500_000_000)]
    [InlineData("Iso", """{"_rowId":{"_rowId":"x"},"_time":1777593600000}""", null, null)]
    [InlineData("Iso", """{"_rowId":true,"_time":null}""", null, null)]
    [InlineData("Iso", """{"_rowId":"","_time":""}""", null, null)]
    [InlineData("Iso", """{"_rowI":"a","_rowIdx":"b","_tim":"2026-05-01T00:00:00Z","":"c"}""", null, null)]
    [InlineData("Iso", "{}", null, null)]
    [InlineData("Alerts",
        """{"composite_id":"c:ind:1","created_timestamp":"2026-05-01T00:00:00.123456789Z","device":{"composite_id":"no"}}""", "c:ind:1",
        Instant + 123_456_789)]
    [InlineData("Ids", """{"id":"abc"}""", "abc", null)]
    [InlineData("Ids", """{"id":12345678901234567890}""", "12345678901234567890", null)]
    [InlineData("Ids", """{"id":-1.5e3}""", "-1.5e3", null)]
    [InlineData("Nanoseconds", """{"ns":1777593600000000001,"id":"x"}""", null, Instant + 1)]
    [InlineData("Nanoseconds", """{"ns":"1777593600000000001"}""", null, Instant + 1)]
    [InlineData("Nanoseconds", """{"ns":99999999999999999999}""", null, null)]
    public void Identity_and_time_are_found_by_the_names_of_the_schema(string schema, string json, string? id, long? time)
    {
        var parser = new RecordParser(Schemas.Of(schema));

        var record = parser.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal((id, time), (record.Id, record.Timestamp));
        Assert.Equal(json, record.ToString());
        // The same in the middle of an answer.
        var scan = default(RecordScan);
        var answer = Encoding.UTF8.GetBytes($"[{json},{json}]");
        Assert.Equal(1 + Encoding.UTF8.GetByteCount(json), parser.Scan(ref scan, answer, 1));
        var found = scan.IdLength == 0 ? null : Record.Decode(answer.AsSpan(scan.IdStart, scan.IdLength));
        Assert.Equal((id, time), (found, scan.Timestamp));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\n")]
    [InlineData("é😀")]
    [InlineData("@id")]
    [InlineData("a name with spaces that is longer than sixty-four bytes, the block of the scanner ..........")]
    public void A_name_may_hold_any_character(string name)
    {
        var parser = new RecordParser(new RecordSchema { IdentityField = name, TimeField = "t" + name, Noun = "row" });
        var fields = new Dictionary<string, object> { ["x"] = 1, [name] = "found", ["t" + name] = 5, [name + "x"] = "no" };
        var plain = JsonSerializer.Serialize(fields);
        var relaxed = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = "found", ["t" + name] = 5, [""] = "no" },
            s_relaxed);

        foreach (var json in new[] { plain, relaxed })
        {
            var record = parser.Parse(Encoding.UTF8.GetBytes(json));
            Assert.Equal(("found", 5L), (record.Id, record.Timestamp));
        }
    }

    [Fact]
    public void An_escaped_name_with_another_name_inside_is_not_confused_with_it()
    {
        var parser = new RecordParser(new RecordSchema { IdentityField = "\"", Noun = "row" });

        Assert.Null(parser.Parse("""{"":"no"}"""u8.ToArray()).Id);
        Assert.Null(parser.Parse("""{"\\\"":"no"}"""u8.ToArray()).Id);
        Assert.Equal("yes", parser.Parse("""{"\"":"yes"}"""u8.ToArray()).Id);
    }

    [Fact]
    public void A_number_is_an_identity_only_where_values_have_types()
    {
        var text = new RecordParser(Schemas.Ids with { Values = RecordValues.Text });

        Assert.Null(text.Parse("""{"id":5}"""u8.ToArray()).Id);
        Assert.Equal("5", new RecordParser(Schemas.Ids).Parse("""{"id":5}"""u8.ToArray()).Id);
    }

    [Fact]
    public void Two_records_that_differ_by_a_hundred_nanoseconds_have_two_times()
    {
        var parser = new RecordParser(Schemas.Iso);
        var one = parser.Parse("""{"_rowId":"r","_time":"2026-05-01T00:00:00.1234567Z"}"""u8.ToArray());
        var other = parser.Parse("""{"_rowId":"r","_time":"2026-05-01T00:00:00.1234568Z"}"""u8.ToArray());

        Assert.Equal(100, other.Timestamp - one.Timestamp);
        Assert.NotEqual(RecordIdentity.Of(one), RecordIdentity.Of(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"id\"")]
    [InlineData("""{"id":"a"}{}""")]
    [InlineData("""{"id":"a" """)]
    public void Anything_but_one_object_is_refused(string json) =>
        Assert.Throws<JsonException>(() => new RecordParser(Schemas.Ids).Parse(Encoding.UTF8.GetBytes(json)));
}
