using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Schedules;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>A schedule with a clock of the server and one of this machine that a test moves.</summary>
public abstract class WrongClocks : IDisposable
{
    protected WrongClocks() => World.Own = OwnClock;

    private protected ScheduleWorld World { get; } = new();

    private protected ManualTimeProvider OwnClock { get; } = new();

    public void Dispose()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    // The clock of this machine, in epoch milliseconds, some minutes on.
    private protected long Own(int minutes) => OwnClock.GetUtcNow().AddMinutes(minutes).ToUnixTimeMilliseconds();

    private protected void Move(int minutes)
    {
        OwnClock.Advance(TimeSpan.FromMinutes(minutes));
        World.Wait(TimeSpan.FromMinutes(minutes));
    }

    private protected Task<ScheduledExportResult> RunAsync(int minutes, SignalLog? signals = null) => RunAsync(minutes, s => s, signals);

    private protected Task<ScheduledExportResult> RunAsync(
        int minutes, Func<ScheduleSettings, ScheduleSettings> settings, SignalLog? signals = null)
    {
        Move(minutes);
        return World.RunAsync(settings: settings, signals: signals);
    }

    private protected void AssertEachOnce()
    {
        Assert.Equal(World.Arrived.Select(e => e.Id).Order(StringComparer.Ordinal), World.Exported().Order(StringComparer.Ordinal));
        World.AssertValid();
    }
}
