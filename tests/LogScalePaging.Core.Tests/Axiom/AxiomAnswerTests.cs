using System.Text;
using System.Text.Json;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Axiom;

public sealed class AxiomAnswerTests
{
    private const string Fields =
        """[{"name":"_time","type":"datetime"},{"name":"_sysTime","type":"datetime"},{"name":"big","type":"integer"},{"name":"a \"b\"","type":"string"},{"name":"none"},{"name":"list","type":"array"}]""";

    [Fact]
    public void Both_forms_become_the_same_records()
    {
        var tabular = Read($$$"""
            {"format":"tabular","status":{"isPartial":false},"tables":[{"name":"0","fields":{{{Fields}}},"columns":[
              ["2026-05-01T08:00:00.123456789Z","2026-05-01T07:00:00Z"],
              ["2026-05-01T08:00:01Z", "2026-05-01T08:00:02Z"],
              [9007199254740993, -1.50],
              ["}{][\",", null],
              [null, null],
              [[1, {"x":null}], "none"]]}]}
            """);
        var legacy = Read("""
            {"status":{},"matches":[
              {"_time":"2026-05-01T08:00:00.123456789Z","_sysTime":"2026-05-01T08:00:01Z","_rowId":"r1","data":{"big":9007199254740993,"a \"b\"":"}{][\",","none":null,"list":[1, {"x":null}]}},
              {"_time":"2026-05-01T07:00:00Z","_sysTime":"2026-05-01T08:00:02Z","_rowId":"r2","data":{"big":-1.50,"a \"b\"":null,"list":"none","_time":"other"}}],"buckets":{}}
            """);

        string[] expected =
        [
            """{"_time":"2026-05-01T08:00:00.123456789Z","_sysTime":"2026-05-01T08:00:01Z","big":9007199254740993,"a \"b\"":"}{][\",","list":[1, {"x":null}]}""",
            """{"_time":"2026-05-01T07:00:00Z","_sysTime":"2026-05-01T08:00:02Z","big":-1.50,"list":"none"}""",
        ];
        Assert.Equal(expected, tabular.Rows.Select(r => r.ToString()));
        Assert.Equal(expected, legacy.Rows.Select(r => r.ToString()));
        Assert.Equal(1_777_622_400_123_456_789, tabular.Rows[0].Timestamp);
        Assert.Equal(1_777_622_401_000_000_000, tabular.Rows[0].IngestTimestamp);
    }

    [Fact]
    public void The_cursor_of_a_legacy_row_is_kept_where_it_is_needed()
    {
        var reader = new AxiomAnswerReader(new RecordParser(AxiomFields.ByCursor(RecordOrder.NewestFirst)), keepsRowId: true);
        var answer = reader.Read("""{"matches":[{"_time":"2026-05-01T08:00:00Z","_rowId":"r1","data":{"_rowId":"x","a":1}}]}"""u8);

        Assert.Equal("r1", Assert.Single(answer.Rows).Id);
        Assert.Equal("""{"_time":"2026-05-01T08:00:00Z","_rowId":"r1","a":1}""", answer.Rows[0].ToString());
    }

    [Theory]
    [InlineData("""{"tables":[{"fields":[{"name":"Count"}],"columns":[[4000]]}]}""", "4000")]
    [InlineData("""{"tables":[{"columns":[[9007199254740993]],"fields":[{"name":"Count"}]},{"name":"_totals"}]}""", "9007199254740993")]
    [InlineData("""{"matches":[],"buckets":{"series":[],"totals":[{"group":{},"aggregations":[{"op":"count","value":4000}]}]}}""", "4000")]
    [InlineData("""{"tables":[{"fields":[],"columns":[]}]}""", null)]
    public void The_number_of_a_count_is_read_in_both_forms(string json, string? number) => Assert.Equal(number, Read(json).Number);

    [Theory]
    [InlineData("""{"isPartial":true}""", true, "the server says that its answer is partial")]
    [InlineData("""{"isEstimate":true}""", true, "the server says that its answer is an estimate")]
    [InlineData("""{"messages":[{"priority":"warn","code":"x","msg":"a shard\nis away"}]}""", false, "the server says: a shard is away")]
    [InlineData("""{"messages":["text"]}""", false, "the server says: text")]
    [InlineData("""{"messages":[{"code":"c1"}]}""", false, "the server says: c1")]
    public void What_the_server_says_against_its_answer_is_kept(string status, bool isPartial, string message)
    {
        var answer = Read($$"""{"status":{{status}},"tables":[]}""");
        Assert.Equal(isPartial, answer.IsPartial);
        Assert.Equal(message, Assert.Single(answer.Messages));
    }

    [Theory]
    [InlineData("""{"tables":null}""")]
    [InlineData("""{"tables":[]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":[[]]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":[]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":null}]}""")]
    [InlineData("""{"matches":null,"buckets":{}}""")]
    [InlineData("\uFEFF{\"matches\":[]}")]
    public void An_answer_without_rows_has_none(string json) => Assert.Empty(Read(json).Rows);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"message":"bad"}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"},{"name":"b"}],"columns":[[1]]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"},{"name":"b"}],"columns":[[1],[1,2]]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":[[1,]]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":[1]}]}""")]
    [InlineData("""{"tables":[{"fields":[{}],"columns":[[1]]}]}""")]
    [InlineData("""{"tables":[{"fields":[{"name":"a"}],"columns":[[1""")]
    public void Anything_else_is_not_an_answer(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static AxiomAnswer Read(string json) =>
        new AxiomAnswerReader(new RecordParser(AxiomFields.ByTime(RecordOrder.NewestFirst)), keepsRowId: false).Read(
            Encoding.UTF8.GetBytes(json));
}
