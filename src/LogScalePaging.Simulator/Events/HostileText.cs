namespace LogScalePaging.Simulator.Events;

/// <summary>Text that breaks careless readers and writers, as it is written in JSON.</summary>
internal static class HostileText
{
    /// <summary>Values, escaped in several ways that JSON allows, without their quotes.</summary>
    public static IReadOnlyList<byte[]> Values { get; } =
    [
        .. new[]
        {
            "",
            " leading and trailing ",
            "line one\nline two\r\nline three",
            "tab\there",
            "say \"hello\", then 'bye'",
            "C:\\Windows\\System32\\cmd.exe /c \"dir C:\\Program Files\"",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "-2+3",
            "+49 123",
            "a,b;c|d",
            "\u001b[31mred\u001b[0m\u001b]0;title\u0007",
            "null\u0000byte and \u0001\u001f controls",
            "\u2028line separator\u2029paragraph\u0085next line",
            "\u202eright to left\u202c \u200bzero width\ufeff",
            "日本語のコマンド",
            "Zażółć gęślą jaźń – Straße ÄÖÜ",
            "emoji 😀👩‍👩‍👧‍👦🏴‍☠️",
            "e\u0301 and é are not the same bytes",
            "9223372036854775807",
            "9007199254740993",
            "1.0e400",
            "0x1F",
            "true",
            "null",
            "{\"nested\":{\"@id\":\"not-an-id\",\"@timestamp\":1}}",
            "],\"metaData\":{\"eventCount\":0}}",
            "</script><script>alert(1)</script>",
            "%41%%PATH%$HOME`whoami`$(whoami)",
            "' OR 1=1; --",
        }.Select(t => new ByteWriter().AddEscaped(t).ToArray()),
        "slash \\/ and \\u0041scii and \\ud83d\\ude00"u8.ToArray(),
        "backspace \\b form feed \\f"u8.ToArray(),
        "ends with a backslash \\\\"u8.ToArray(),
    ];

    /// <summary>Additional fields of some events: keys with spaces, dots, quotes, other scripts.</summary>
    public static IReadOnlyList<byte[]> ExtraFields { get; } =
    [
        ",\"key with space\":\"v\""u8.ToArray(),
        ",\"dotted.key.name\":\"v\""u8.ToArray(),
        ",\"Ünïcödé\":\"v\""u8.ToArray(),
        ",\"comma,key\":\"v\""u8.ToArray(),
        ",\"quote\\\"key\":\"v\""u8.ToArray(),
        ",\"=formula\":\"=1+1\""u8.ToArray(),
        ",\"array[0].name\":\"first\",\"array[1].name\":\"second\""u8.ToArray(),
        ",\"empty\":\"\""u8.ToArray(),
        ",\"filename\":\"differs from FileName by case only\""u8.ToArray(),
    ];
}
