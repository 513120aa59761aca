using System.Text;
using System.Text.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

public sealed class BareIdTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("a\"b\\c")]
    [InlineData("line\nbreak\ttab\u0001")]
    [InlineData("é😀/<>&'+")]
    public void An_id_becomes_a_record_of_one_line(string id)
    {
        var record = BareId.Of(id);

        using var document = JsonDocument.Parse(record);
        Assert.Equal(id, document.RootElement.GetProperty(BareId.Field).GetString());
        Assert.DoesNotContain((byte)'\n', record);
        Assert.Equal(id.Length == 0 ? null : id, new RecordParser(Schemas.Ids).Parse(record).Id);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("{\"id\":\"x\uFFFDy\"}", Encoding.UTF8.GetString(BareId.Of("x\uD83Dy")).Replace("\\uFFFD", "\uFFFD"));

    [Theory]
    [InlineData("\"a\\u0041\\\"b\"", "{\"id\":\"a\\u0041\\\"b\"}", "aA\"b")]
    [InlineData("12345678901234567890", "{\"id\":12345678901234567890}", "12345678901234567890")]
    public void An_id_from_an_answer_keeps_its_bytes(string json, string expected, string id)
    {
        var record = BareId.OfJson(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, Encoding.UTF8.GetString(record));
        Assert.Equal(id, new RecordParser(Schemas.Ids).Parse(record).Id);
    }
}
