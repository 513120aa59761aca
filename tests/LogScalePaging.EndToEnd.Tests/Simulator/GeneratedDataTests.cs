using System.Text.Json;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class GeneratedDataTests
{
    private static SimulatorOptions Options(int count = 3_000) => new() { EventCount = count, Now = SimulatorClient.Noon };

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
        => Assert.Equal(EventStore.Generate(Options()).Matching(), EventStore.Generate(Options()).Matching());

    [Fact]
    public void Another_seed_gives_other_events()
    {
        var other = Options();
        other.Seed = 2;

        Assert.Empty(EventStore.Generate(Options()).Matching().Intersect(EventStore.Generate(other).Matching()));
    }

    [Fact]
    public void Every_value_but_the_timestamp_is_a_string()
    {
        foreach (var json in EventStore.Generate(Options()).Matching())
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
                Assert.Equal(property.Name == "@timestamp" ? JsonValueKind.Number : JsonValueKind.String, property.Value.ValueKind);
            Assert.DoesNotContain('\n', json);
        }
    }

    [Fact]
    public void Events_are_ordered_have_own_ids_and_share_milliseconds()
    {
        var options = Options();
        var events = EventStore.Generate(options).Matching().Select(e => JsonDocument.Parse(e).RootElement).ToList();
        long[] times = [.. events.Select(e => e.GetProperty("@timestamp").GetInt64())];

        Assert.Equal(options.EventCount, events.Count);
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("@id").GetString()).Distinct().Count());
        Assert.Equal(times.OrderByDescending(t => t), times);
        Assert.True(times.Distinct().Count() < times.Length - 100);
        Assert.True(times[0] < SimulatorClient.NowMs);
        Assert.True(times[^1] >= SimulatorClient.NowMs - (long)options.EventSpan.TotalMilliseconds);
    }

    [Fact]
    public void The_default_data_have_thousands_of_processes_in_the_last_hour()
    {
        var store = EventStore.Generate(new SimulatorOptions { Now = SimulatorClient.Noon });

        Assert.InRange(store.CountMatching("#event_simpleName=ProcessRollup2", SimulatorClient.NowMs - 3_600_000), 5_000, 7_000);
    }

    [Fact]
    public void The_share_of_the_last_hour_and_the_span_are_settings()
    {
        var options = Options(1_000);
        options.LastHourShare = 0.1;
        options.EventSpan = TimeSpan.FromDays(7);
        var store = EventStore.Generate(options);

        Assert.Equal(100, store.CountMatching("*", SimulatorClient.NowMs - 3_600_000));
        Assert.Equal(1_000, store.CountMatching("*", SimulatorClient.NowMs - 604_800_000));
        Assert.NotEqual(1_000, store.CountMatching("*", SimulatorClient.NowMs - 86_400_000));
    }

    [Fact]
    public void A_crowd_is_in_one_millisecond_or_spread()
    {
        var options = Options(0);
        options.Crowds = [new Crowd(TimeSpan.FromMinutes(1), 500), new Crowd(TimeSpan.FromMinutes(2), 100, TimeSpan.FromSeconds(1))];
        var store = EventStore.Generate(options);
        var minuteAgo = SimulatorClient.NowMs - 60_000;

        Assert.Equal(600, store.CountMatching("#event_simpleName=ProcessRollup2"));
        Assert.Equal(500, store.CountMatching("*", minuteAgo, minuteAgo + 1));
        Assert.Equal(10, store.CountMatching("*", minuteAgo - 60_000, minuteAgo - 60_000 + 100));
    }

    [Fact]
    public void Hostile_text_is_there_unless_switched_off()
    {
        var tame = Options();
        tame.HostileText = false;
        var hostile = string.Join("\n", EventStore.Generate(Options(20_000)).Matching());

        foreach (var sign in new[] { "\\u001b[31m", "😀", "\\ud83d\\ude00", "=cmd|", "9007199254740993", "\\u0000", "key with space",
            "\"CommandLine\":\"\"", "a very long script" })
            Assert.Contains(sign, hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("😀", string.Join("\n", EventStore.Generate(tame).Matching()), StringComparison.Ordinal);
        Assert.True(EventStore.Generate(Options()).CountMatching("NOT ComputerName=*") > 0);
        Assert.Equal(0, EventStore.Generate(tame).CountMatching("NOT ComputerName=*"));
    }

    [Fact]
    public void Process_ids_exceed_what_a_double_holds()
        => Assert.All(
            EventStore.Generate(Options(200)).Matching("#event_simpleName=ProcessRollup2"),
            e => Assert.True(long.Parse(JsonDocument.Parse(e).RootElement.GetProperty("TargetProcessId").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture) > 1L << 53));
}
