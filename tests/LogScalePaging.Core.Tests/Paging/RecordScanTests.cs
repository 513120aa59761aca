using System.Text;
using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Paging;

/// <summary>Compares the scanner with the framework's reader, which defines what is JSON.</summary>
public sealed class RecordScanTests
{
    private const string Alphabet = "{}[]:,\"\\ \n\t-+.0123456789eEtrufalsn/bx\u0001é😀@idtimestamp";

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    [InlineData("""{"@id":"a","@timestamp":1585145569394,"@ingesttimestamp":"1585145569400"}""")]
    [InlineData("""{"a":true,"b":false,"c":null,"d":-0.5e+10,"e":0,"f":1E5,"g":[],"h":{},"i":[1,[2,{"x":[]}],"y"]}""")]
    [InlineData(""" { "a" : [ 1 , { "b" : "c" } ] , "d" : "e" } """)]
    [InlineData("""{"a":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"}""")]
    [InlineData("""{"a":"sixteen bytes ..\"sixteen bytes .."}""")]
    [InlineData("{\"a\":\"\u007f\u0080\u00ff\uffff\"}")]
    [InlineData("""{"@id":"x","@id":"y","@timestamp":"1","@timestamp":2}""")]
    [InlineData("""{"\u0040id":"escaped","@timest\u0061mp":7}""")]
    [InlineData("""{"@id":5,"@timestamp":1.5,"@ingesttimestamp":"no"}""")]
    [InlineData("""{"@id":"","@timestamp":{"@timestamp":5},"n":{"@id":"inner"}}""")]
    [InlineData("""{"@timestamp":99999999999999999999}""")]
    public void A_valid_event_is_read_as_the_framework_reads_it(string json) => Assert.True(Agree(json));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{}x")]
    [InlineData("""{"a"}""")]
    [InlineData("""{"a":}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{,"a":1}""")]
    [InlineData("""{"a":1 "b":2}""")]
    [InlineData("""{"a":[1,]}""")]
    [InlineData("""{"a":[1}}""")]
    [InlineData("""{"a":{]}""")]
    [InlineData("""{"a":[1 2]}""")]
    [InlineData("""{"a":{"b" 1}}""")]
    [InlineData("""{"a":{"b":1,}}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":-}""")]
    [InlineData("""{"a":1.}""")]
    [InlineData("""{"a":.5}""")]
    [InlineData("""{"a":1e}""")]
    [InlineData("""{"a":+1}""")]
    [InlineData("""{"a":1x}""")]
    [InlineData("""{"a":tru}""")]
    [InlineData("""{"a":trues}""")]
    [InlineData("""{"a":nul""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("""{"a":"\u12g4"}""")]
    [InlineData("""{"a":"\u12""")]
    [InlineData("{\"a\":\"line\nbreak\"}")]
    [InlineData("{\"a\":\"a longer text before the \u0000 byte\"}")]
    [InlineData("""{'a':1}""")]
    [InlineData("""{"a":1}//""")]
    public void Anything_but_an_event_is_refused(string json)
    {
        Assert.False(Agree(json));
        Assert.Throws<JsonException>(() => RecordScan.Whole(Encoding.UTF8.GetBytes(json), default(LogScaleFields)));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void A_value_of_any_depth_is_read(int depth)
    {
        Assert.True(Agree($$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}},"@id":"x"}"""));
        Assert.False(Agree($$"""{"a":{{new string('[', depth)}}{{new string(']', depth - 1)}},"@id":"x"}"""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Objects_and_arrays_in_each_other_close_in_their_order_at_any_depth(int seed)
    {
        var random = new Random(seed);
        for (var depth = 60; depth < 200; depth += 7)
        {
            var kinds = Enumerable.Range(0, depth).Select(_ => random.Next(2) == 0).ToList();
            var json =
                $"{{\"a\":{string.Concat(kinds.Select(k => k ? "{\"b\":" : "[1,"))}2{string.Concat(Enumerable.Reverse(kinds).Select(k => k ? ",\"c\":3}" : ",4]"))}}}";
            Assert.True(Agree(json), json);
            var wrong = random.Next(depth);
            kinds[wrong] = !kinds[wrong];
            var mixed =
                $"{json[..json.IndexOf('2', StringComparison.Ordinal)]}2{string.Concat(Enumerable.Reverse(kinds).Select(k => k ? ",\"c\":3}" : ",4]"))}}}";
            Assert.False(Agree(mixed), mixed);
        }
    }

    [Fact]
    public void A_changed_event_gives_the_same_result_as_the_framework()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var json = new StringBuilder(Object(random, 0));
            for (var changes = random.Next(3); changes > 0 && json.Length > 0; changes--)
            {
                var at = random.Next(json.Length);
                var letter = Alphabet[random.Next(Alphabet.Length)];
                if (char.IsSurrogate(letter) || char.IsSurrogate(json[at]))
                    continue;
                switch (random.Next(3))
                {
                    case 0: json[at] = letter; break;
                    case 1: json.Insert(at, letter); break;
                    default: json.Remove(at, 1); break;
                }
            }
            read += Agree(json.ToString(), $"seed {seed}, event {i}: ") ? 1 : 0;
        }
        Assert.InRange(read, 5_000, 19_000);
    }

    [Theory]
    [InlineData("\\\"")]
    [InlineData("\\\\")]
    [InlineData("\\\\\\\"")]
    [InlineData("\\n")]
    [InlineData("\\u0041")]
    [InlineData("")]
    public void The_ends_of_strings_are_found_at_every_position_in_blocks_of_64_bytes(string escape)
    {
        for (var padding = 0; padding < 130; padding++)
        {
            var json =
                $$"""{"p":"{{new string('x', padding)}}{{escape}}","@id":"{{escape}}i{{escape}}","n":-1.5e3,"o":{"a":["{{escape}}"]},"@timestamp":1585145569394,"@ingesttimestamp":"1585145569400"}""";
            Assert.True(Agree(json));
            var utf8 = Encoding.UTF8.GetBytes(json);
            for (var length = 1; length < utf8.Length; length++)
                Assert.Equal(JsonScan.Incomplete, new RecordScan().Run(utf8.AsSpan(0, length), 0, default(LogScaleFields)));
            // As in an answer, with text before and after it.
            var scan = new RecordScan();
            Assert.Equal(utf8.Length + 3, scan.Run(Encoding.UTF8.GetBytes($"[, {json},{json}"), 3, default(LogScaleFields)));
            Assert.Equal((1585145569394, 1585145569400), (scan.Timestamp, scan.IngestTimestamp));
        }
    }

    [Fact]
    public void Digits_are_digits_in_every_place_of_a_number_of_any_length()
    {
        for (var length = 1; length <= 20; length++)
        {
            var number = "98765432109876543210"[..length];
            Assert.True(Agree($$"""{"@timestamp":{{number}},"@ingesttimestamp":"{{number}}"}"""));
            for (var at = 0; at < length; at++)
            {
                foreach (var wrong in "/:;. eE+-\u0660")
                {
                    var text = number.Remove(at, 1).Insert(at, wrong.ToString());
                    Agree($$"""{"@timestamp":{{text}},"@ingesttimestamp":"{{text}}"}""");
                    Agree($$"""{"@timestamp":"{{text}}","n":{{number}}.{{text}}}""");
                }
            }
        }
    }

    [Theory]
    [InlineData("{\"a\":\"b\"}", false)]
    [InlineData("{\"a\":{\"b\":[1,\"c\"]}}", true)]
    [InlineData("{\"a\":\n1}", true)]
    [InlineData("{\"a\":1\r,\"b\":2}", true)]
    [InlineData("{\"a\":[\n]}", true)]
    public void An_event_with_line_breaks_is_marked(string json, bool may)
    {
        var scan = RecordScan.Whole(Encoding.UTF8.GetBytes(json), default(LogScaleFields));
        Assert.Equal(may, scan.MayHoldLineBreaks);
        var record = LogScaleEvents.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal(json.Replace('\n', ' ').Replace('\r', ' '), record.ToString());
    }

    [Fact]
    public void A_partial_event_is_never_read_as_an_event()
    {
        var json = Encoding.UTF8.GetBytes(
            """{"@id":"a\"b","n":[1,{"x":null}],"t":true,"@timestamp":1585145569394,"text":"a long one with \u00e9 in it"}""");
        for (var length = 1; length < json.Length; length++)
            Assert.Equal(JsonScan.Incomplete, new RecordScan().Run(json.AsSpan(0, length), 0, default(LogScaleFields)));
        Assert.Equal(json.Length, new RecordScan().Run(json, 0, default(LogScaleFields)));
    }

    // Whether both read it as one object. Both must agree, also in the values.
    private static bool Agree(string json, string where = "")
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var expected = Judge(utf8);
        (string?, long?, long?)? actual;
        try
        {
            var record = LogScaleEvents.Parse(utf8);
            actual = (record.HasId ? Encoding.UTF8.GetString(record.RawId.Span) : null, record.Timestamp, record.IngestTimestamp);
        }
        catch (JsonException)
        {
            actual = null;
        }
        Assert.True(Equals(expected, actual), $"{where}{json}: {expected} expected, {actual} read");
        return actual is not null;
    }

    private static (string?, long?, long?)? Judge(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            (string? id, long? time, long? ingested) = (null, null, null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Name(ref reader);
                reader.Read();
                switch (name)
                {
                    case "@id" when reader.TokenType == JsonTokenType.String:
                        id = Encoding.UTF8.GetString(reader.ValueSpan);
                        break;
                    case "@timestamp":
                        time = Time(ref reader);
                        break;
                    case "@ingesttimestamp":
                        ingested = Time(ref reader);
                        break;
                }
                reader.Skip();
            }
            reader.Read();
            return (string.IsNullOrEmpty(id) ? null : id, time, ingested);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    private static long? Time(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
        JsonTokenType.String when System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out long number, out var used)
            && used == reader.ValueSpan.Length => number,
        _ => null,
    };

    private static string Object(Random random, int depth) =>
        "{" + string.Join(",",
            Enumerable.Range(0, random.Next(6)).Select(
                _ => $"{Space(random)}{Key(random)}{Space(random)}:{Space(random)}{Value(random, depth)}{Space(random)}")) + "}";

    private static string Key(Random random) => random.Next(6) switch
    {
        0 => "\"@id\"",
        1 => "\"@timestamp\"",
        2 => "\"@ingesttimestamp\"",
        3 => "\"\\u0040id\"",
        _ => Text(random),
    };

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 6 : 8) switch
    {
        0 => "true",
        1 => "null",
        2 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => (random.NextDouble() * 1e6).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        4 => $"\"{random.Next()}\"",
        5 => Text(random),
        6 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))) + "]",
        _ => Object(random, depth + 1),
    };

    private static string Text(Random random)
    {
        string[] pieces = ["a", "xyz", "\\\"", "\\\\", "\\u00e9", "\\n", "é", "😀", "a longer piece of text", " ", "{", "]", ":"];
        return "\"" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)])) + "\"";
    }

    private static string Space(Random random) => random.Next(12) == 0 ? " \n" : "";
}
