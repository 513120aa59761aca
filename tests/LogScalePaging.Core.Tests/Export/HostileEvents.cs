using System.Text;
using LogScalePaging.LogScale.Events;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Difficult log data, and the values that a csv must return for it.</summary>
internal static class HostileEvents
{
    /// <summary>The JSON of a value, and its text.</summary>
    public static readonly (string Json, string Text)[] Values =
    [
        ("\"plain\"", "plain"),
        ("\"\"", ""),
        ("\"a\\\"b,c\"", "a\"b,c"),
        ("\"\\\"\"", "\""),
        ("\"one\\r\\ntwo\\nthree\\rfour\"", "one\r\ntwo\nthree\rfour"),
        ("\"\\n\"", "\n"),
        ("\"C:\\\\dir\\\\\"", "C:\\dir\\"),
        ("\"\\\\n is no line break\"", "\\n is no line break"),
        ("\"tab\\there\"", "tab\there"),
        ("\" blanks around \"", " blanks around "),
        ("\"\\ttab first\"", "\ttab first"),
        ("\"ünïcödé 漢字\"", "ünïcödé 漢字"),
        ("\"\\u00fc\\u6f22\"", "ü漢"),
        ("\"emoji 😀 and \\ud83d\\ude00\"", "emoji 😀 and 😀"),
        ("\"lone \\ud800 surrogate\"", "lone \ufffd surrogate"),
        ("\"lone \\udc00\"", "lone \ufffd"),
        ("\"wrong pair \\ud800\\u0041\"", "wrong pair \ufffdA"),
        ("\"line\\u2028separator\"", "line\u2028separator"),
        ("\"\\u001b[31mred\\u0007\"", "\u001b[31mred\a"),
        ("\"\\/slash\\b\\f\"", "/slash\b\f"),
        ("\"=1+1\"", "=1+1"),
        ("\"@SUM(A1)\"", "@SUM(A1)"),
        ("\"-\"", "-"),
        ("\"#not a comment\"", "#not a comment"),
        ("\"nul \\u0000 byte\"", "nul \0 byte"),
        ("18446744073709551615", "18446744073709551615"),
        ("-5", "-5"),
        ("1.50", "1.50"),
        ("1E400", "1E400"),
        ("true", "true"),
        ("null", "null"),
        ("{\"a\":[1,\"x,}\"]}", "{\"a\":[1,\"x,}\"]}"),
        ("[ 1, \"]\" ]", "[ 1, \"]\" ]"),
        ("\"9007199254740993\"", "9007199254740993"),
    ];

    /// <summary>JSON of a field's name between its quotes, and the name.</summary>
    public static readonly (string Json, string Text)[] Names =
    [
        ("value", "value"),
        ("a,b", "a,b"),
        ("quo\\\"te", "quo\"te"),
        ("line\\nbreak", "line\nbreak"),
        ("#repo", "#repo"),
        ("näme", "näme"),
        ("@timestamp.nanos", "@timestamp.nanos"),
    ];

    public static Record[] Events() =>
    [
        .. Values.Select(
            (v, i) => Make.Event($"{{\"@timestamp\":{1_000_000 - i},\"@id\":\"v{i}\",\"{Names[i % Names.Length].Json}\":{v.Json}}}")),
    ];

    /// <summary>What a csv reader must find: a row an event, without the fields that are missing.</summary>
    public static Dictionary<string, string>[] Rows() =>
    [
        .. Values.Select((v, i) => new Dictionary<string, string>
        {
            ["@timestamp"] = (1_000_000 - i).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["@id"] = $"v{i}",
            [Names[i % Names.Length].Text] = v.Text,
        }),
    ];

    /// <summary>An event whose bytes are not good UTF-8.</summary>
    public static Record BadUtf8() =>
        LogScaleEvents.Parse((byte[])[.. Encoding.UTF8.GetBytes("{\"@timestamp\":1,\"@id\":\"bad\",\"value\":\"<"), 0xFF, 0xC3,
            .. Encoding.UTF8.GetBytes(">\"}")]);
}
