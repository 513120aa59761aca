using System.Text;
using System.Text.Json;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

/// <summary>The scan with the names of LogScale as constants, against the scan by any schema.</summary>
public sealed class ScanAgreementTests
{
    private static readonly string[] s_names =
        ["@id", "@timestamp", "@ingesttimestamp", "\\u0040id", "@timest\\u0061mp", "@i", "@ids",
            "@Timestamp", "", "@", "x", "\\u0040", "@rawstring", "@id\\\\"];

    private static readonly string[] s_values =
        ["\"a\"", "\"\"", "\"q\\\"\\\\\"", "1585145569394", "\"1585145569394\"", "15", "-7", "1.5", "1e3", "99999999999999999999",
            "\"99999999999999999999\"",
            "\"no\"", "\"\\u0031\"", "null", "true", "{}", "[]", "{\"@id\":\"inner\",\"@timestamp\":3}", "[{\"@timestamp\":3}]",
            "0", "123456789", "\"123456789012345678\""];

    [Fact]
    public void Both_find_the_same_in_random_events()
    {
        var seed = new Random().Next();
        var random = new Random(seed);
        var parser = new RecordParser(LogScaleEvents.Schema);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 50_000; i++)
        {
            var utf8 = Encoding.UTF8.GetBytes(Event(random));
            if (random.Next(8) == 0)
                utf8[random.Next(utf8.Length)] = (byte)random.Next(256);

            var (fast, general) = (Scan(() => RecordScan.Whole(utf8, default(LogScaleFields))), Scan(() => parser.Scan(utf8)));

            Assert.True(Equals(fast, general), $"seed {seed}, event {i}, {Encoding.UTF8.GetString(utf8)}: {fast} and {general}");
            (read, refused) = fast is null ? (read, refused + 1) : (read + 1, refused);
        }
        Assert.True(read > 40_000 && refused > 500, $"seed {seed}: {read} read, {refused} refused");
    }

    private static (int, int, long?, long?, bool)? Scan(Func<RecordScan> run)
    {
        try
        {
            var scan = run();
            return (scan.IdLength == 0 ? 0 : scan.IdStart, scan.IdLength, scan.Timestamp, scan.IngestTimestamp, scan.MayHoldLineBreaks);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Event(Random random)
    {
        var fields = Enumerable.Range(0, random.Next(8)).Select(
            _ => Space(random) + $"\"{Pick(s_names)}\"" + Space(random) + ":" + Space(random)
            + Pick(s_values) + Space(random));
        return "{" + string.Join(",", fields) + "}";

        string Pick(string[] texts) => texts[random.Next(texts.Length)];
    }

    private static string Space(Random random) => random.Next(20) == 0 ? " \n" : "";
}
