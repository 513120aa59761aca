using System.Diagnostics.Metrics;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class CounterTests
{
    [FactExcept(Runs.NetStandard, Differences.NoConnectionCount)]
    public async Task A_connection_counts_what_it_opens()
    {
        using var rig = new Rig(Replies.Json("{}"), Replies.Json("[]"));
        await rig.GetAsync();
        await rig.GetAsync();
        Assert.Equal(1, rig.Transport.Counters.ConnectionsOpened);
    }

    [Fact]
    public async Task A_connection_counts_what_it_does()
    {
        using var rig = new Rig(Replies.Text(503, "wait", "Retry-After: 9"), Replies.Json("{\"a\":1}"), Replies.Json("[]"));
        await rig.GetAsync();
        await rig.GetAsync();
        var counters = rig.Transport.Counters;
        Assert.Equal((3, 1, 13), (counters.Requests, counters.Retries, counters.BytesReceived));
        Assert.InRange(counters.Waited.TotalSeconds, 9, 9.1);
    }

    [Fact]
    public async Task The_meter_has_them_by_name()
    {
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        listener.Start();
        using var rig = new Rig(Replies.Text(503, "wait", "Retry-After: 9"), Replies.Json("{\"a\":1}"));
        await rig.GetAsync();
        lock (seen)
        {
            Assert.True(seen["logscalepaging.signals"] >= 3);
            Assert.True(seen["logscalepaging.received"] >= 11);
            Assert.True(seen["logscalepaging.waited"] >= 9);
            Assert.True(seen.ContainsKey("logscalepaging.request.duration"));
        }

        // Other tests count into the same meter at the same time.
        void Add(Instrument instrument, double value)
        {
            lock (seen)
                seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value;
        }
    }
}
