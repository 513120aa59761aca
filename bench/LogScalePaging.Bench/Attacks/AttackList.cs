using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Attacks;

/// <summary>All attacks: answers that never end, and compressed answers that unpack to a large size.</summary>
internal static class AttackList
{
    private const long Gigabyte = 1L << 30;
    private const int RowBytes = 4 << 10;
    private const int Invented = 20_000;
    private static readonly string s_row = $"{{\"@id\":\"x\",\"a\":\"{new string('a', RowBytes)}\"}}";
    private static readonly string s_smallRow = $"{{\"a\":\"{new string('a', 480)}\"}}";
    private static readonly string[] s_around = ["--strategy", "around", "--page-size", "20000"];
    private static readonly string[] s_window = ["--strategy", "window"];
    private static readonly string[] s_stream = ["--strategy", "stream"];

    public static IReadOnlyList<Attack> All { get; } = [.. Endless(), .. Small(), .. Polls(), .. Parallel(), .. Streams()];

    private static IEnumerable<Attack> Endless() =>
    [
        new("split: always more", s => Wrong(s, AnswerFaultKind.HasMoreTrue, 1, AnswerKinds.Tail), s_window),
        new("split: always full", s => Wrong(s, AnswerFaultKind.EventCountOff, 7_000, AnswerKinds.Tail), s_window),
        new("split: new rows", s => Wrong(s, AnswerFaultKind.InventedRows, 10_000, AnswerKinds.Tail | AnswerKinds.Around), s_window),
        new("new ids: counted", s => Wrong(s, AnswerFaultKind.InventedRows, Invented, AnswerKinds.Around), s_around),
        new("new ids: no count", s => Wrong(s, AnswerFaultKind.InventedRows, Invented, AnswerKinds.Around), [.. s_around, "--no-verify"]),
        new("new warnings", s => Wrong(s, AnswerFaultKind.Warnings, 10_000, AnswerKinds.Any), "--strategy", "around", "--quiet"),
    ];

    private static IEnumerable<Attack> Small() =>
    [
        new("bomb: create", s => Bomb(s, RequestKind.Create, "{\"id\":\"", "a", "\"}")),
        new("bomb: token", s => Bomb(s, RequestKind.Token, "{\"access_token\":\"", "a", "\"}")) { IsGateway = true },
        new("bomb: delete", s => Bomb(s, RequestKind.Delete, "{\"a\":\"", "a", "\"}")),
        new("bomb: error", s => Bomb(s, RequestKind.Create, "", "x", "", status: 500), "--max-retries", "1"),
        new("bomb: error of a poll", s => Bomb(s, RequestKind.Poll, "", "x", "", status: 500), "--max-retries", "1"),
        new("nested error", s => Bomb(s, RequestKind.Create, Many('[', 520_000), " ", Many(']', 520_000), 0, 500), "--max-retries", "1"),
        new("slow error", s => Slow(s, 500), "--timeout", "5", "--max-retries", "1"),
        new("slow answer", s => Slow(s, 200), "--timeout", "5", "--max-retries", "1"),
    ];

    private static IEnumerable<Attack> Polls() =>
    [
        new("poll: 70 million {}", s => Poll(s, "\"events\":[{}", ",{}", "]", 3 * 70_000_000L)),
        new("poll: one value", s => Poll(s, "\"events\":[{\"a\":\"", "a", "\"}]", Gigabyte)),
        new("poll: nested", s => Poll(s, "\"events\":[{\"a\":", "[", "}]", Gigabyte)),
        new("poll: nested in 16 MB", s => Poll(s, "\"events\":[{\"a\":" + Many('['), " ", Many(']') + "}]", 0)),
        new("poll: blanks", s => Poll(s, "\"x\":1", " ", "", Gigabyte)),
        new("poll: members", s => Poll(s, "\"x\":1", ",\"x\":1", "", Gigabyte)),
        new("poll: metadata", s => Poll(s, "\"metaData\":{\"fieldOrder\":[\"a\"", ",\"a\"", "]}", 1_000_000)),
        new("poll: metadata without end", s => Poll(s, "\"metaData\":{\"fieldOrder\":[\"a\"", ",\"a\"", "]}", Gigabyte)),
        new("poll: nested metadata", s => Poll(s, "\"metaData\":{\"a\":" + Many('[', 520_000), " ", Many(']', 520_000) + "}", 0)),
        new("poll: errors", s => Poll(s, "\"errors\":[{\"message\":\"a\"}", ",{\"message\":\"a\"}", "]", 1_000_000)),
        new("poll: rows of 15 MB", s => Poll(s, "\"events\":[" + Large(), "," + Large(), "]", 16 * 15_000_000L)),
        new("poll: 200,000 of 4 KiB", s => Rows(s, Poll, s_row, 200_000)),
        new("poll: 400,000 of 4 KiB", s => Rows(s, Poll, s_row, 395_000)),
        new("poll: 200,000 of 490 B", s => Rows(s, Poll, s_smallRow, 200_000)),
    ];

    // Eight jobs at once, each with such an answer.
    private static IEnumerable<Attack> Parallel() =>
    [
        Wide("slices: 200,000 of 4 KiB", s => Rows(s, Slices, s_row, 200_000)),
        Wide("slices: 200,000 of 490 B", s => Rows(s, Slices, s_smallRow, 200_000)),
        Wide("slices: one value", s => Slices(s, "\"events\":[{\"a\":\"", "a", "\"}]", Gigabyte)),
        Wide("slices: a row of 15 MB", s => Slices(s, "\"events\":[" + Large(), " ", "]", 0)),
        Wide("slices: metadata", s => Slices(s, "\"metaData\":{\"fieldOrder\":[\"a\"", ",\"a\"", "]}", 1_000_000)),
    ];

    private static IEnumerable<Attack> Streams() =>
    [
        new("stream: new ids", s => Wrong(s, AnswerFaultKind.InventedRows, int.MaxValue, AnswerKinds.Stream), s_stream),
        new("stream: no count", s => Wrong(s, AnswerFaultKind.InventedRows, int.MaxValue, AnswerKinds.Stream),
            [.. s_stream, "--no-verify"]),
        new("stream: one line", s => Bomb(s, RequestKind.Query, "{\"a\":\"", "a", "\"}"), s_stream),
        new("stream: blanks", s => Bomb(s, RequestKind.Query, "", "\n", ""), s_stream),
        new("stream: nested", s => Bomb(s, RequestKind.Query, "{\"a\":", "[", "}"), s_stream),
    ];

    private static Attack Wide(string name, Action<LogScaleSimulator> arm) =>
        new(name, arm, s_window) { Events = 40_000, MaxTail = 5_000 };

    private static void Rows(
        LogScaleSimulator server, Action<LogScaleSimulator, string, string, string, long> send, string row, long rows) =>
        send(server, $"\"events\":[{row}", "," + row, "]", rows * row.Length);

    private static string Many(char bracket, int count = 8_000_000) => new(bracket, count);

    private static string Large() => $"{{\"a\":\"{new string('a', 15_000_000)}\"}}";

    private static void Wrong(LogScaleSimulator server, AnswerFaultKind kind, long amount, AnswerKinds on) =>
        server.Options.AnswerFaults.Add(kind, amount, on);

    private static void Bomb(
        LogScaleSimulator server, RequestKind kind, string before, string filling, string after, long size = Gigabyte, int status = 200) =>
        server.Faults.Add(Fault.Bomb(before, filling, after, size, status), kind, times: int.MaxValue);

    private static void Poll(LogScaleSimulator server, string before, string filling, string after, long size) =>
        Bomb(server, RequestKind.Poll, "{\"done\":true," + before, filling, after + "}", size);

    // The first answer, the count and the plan are right. For each requested slice, the server sends a whole buffer.
    private static void Slices(LogScaleSimulator server, string before, string filling, string after, long size) =>
        server.Faults.Add(new FaultRule
        {
            Fault = Fault.Bomb("{\"done\":true," + before, filling, after + "}", size),
            Kind = RequestKind.Poll,
            Times = int.MaxValue,
            When = r => r.Query.Contains("paginationLimit=4000&", StringComparison.Ordinal),
        });

    private static void Slow(LogScaleSimulator server, int status)
    {
        var body = $"{{\"id\":\"{new string('x', 100_000)}\"}}";
        server.Faults.Add(Fault.Status(status, body, ("Content-Type", "application/json")).At(10), RequestKind.Create, times: int.MaxValue);
    }
}
