using System.Text;
using LogScalePaging.Export.Schedules;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Export.Schedules;

public sealed class RowHashTests
{
    private static readonly byte[] s_key = new byte[32];
    private static readonly RecordSchema s_axiom = new()
    {
        TimeField = "_time",
        TimeUnit = TimeUnit.Iso8601,
        Values = RecordValues.Json,
        Noun = "event"
    };

    [Fact]
    public void A_row_with_an_identity_is_known_by_it_and_by_its_time()
    {
        var row = Of("""{"@id":"a","@timestamp":150,"x":"1"}""");
        Assert.Equal(row, Of("""{"@timestamp":150,"x":"another","@id":"a"}"""));
        Assert.NotEqual(row.High, Of("""{"@id":"b","@timestamp":150,"x":"1"}""").High);
        Assert.NotEqual(row.High, Of("""{"@id":"a","@timestamp":151,"x":"1"}""").High);
        Assert.NotEqual(row.High, Of("""{"@id":"a","@timestamp":150,"x":"1"}""", key: [.. Enumerable.Repeat((byte)1, 32)]).High);
    }

    [Fact]
    public void A_row_without_an_identity_is_known_by_its_fields_in_any_order()
    {
        var row = Of("""{"_time":"1970-01-01T00:00:00.15Z","a":1,"b":{"c":[2]}}""", s_axiom);
        Assert.Equal(row, Of("""{"b":{"c":[2]},"_time":"1970-01-01T00:00:00.15Z","a":1}""", s_axiom));
        Assert.NotEqual(row.High, Of("""{"_time":"1970-01-01T00:00:00.15Z","a":2,"b":{"c":[2]}}""", s_axiom).High);
        // The borders between fields count.
        Assert.NotEqual(Of("""{"a":"1","b":"2"}""", s_axiom).High, Of("""{"a":"1","b\"":"2"}""", s_axiom).High);
        Assert.Equal(150, row.Time);
    }

    [Theory]
    [InlineData("""{"@id":"a","@timestamp":150}""", false, 150)]
    [InlineData("""{"@id":"a","@timestamp":200}""", false, 200)]
    [InlineData("""{"@id":"a","@timestamp":99}""", false, 200)]
    [InlineData("""{"@id":"a","@timestamp":201}""", false, 200)]
    [InlineData("""{"@id":"a"}""", false, 200)]
    [InlineData("""{"@id":"a","@timestamp":150}""", true, 200)]
    public void A_row_whose_time_is_not_known_is_remembered_as_long_as_its_range(string row, bool mayMoveTimes, long time) =>
        Assert.Equal(time, Of(row, mayMoveTimes: mayMoveTimes).Time);

    private static SeenRow Of(string row, RecordSchema? schema = null, byte[]? key = null, bool mayMoveTimes = false)
    {
        using var hash = new RowHash(key ?? s_key, schema ?? LogScaleEvents.Schema, 100, 200, mayMoveTimes);
        return hash.Of(Encoding.UTF8.GetBytes(row));
    }
}
