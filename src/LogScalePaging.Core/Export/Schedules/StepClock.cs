using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// The clock of the server and the one of this machine at the start of a run. A watermark that follows a wrong clock into the future would
/// leave out all events until then, so the earlier clock counts if they differ.
/// </summary>
/// <param name="Server">The time by the server's clock; the same as <paramref name="Own"/> if the server does not tell.</param>
/// <param name="Own">The time by the clock of this machine.</param>
internal sealed record StepClock(DateTimeOffset Server, DateTimeOffset Own)
{
    /// <summary>How much the clocks may differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>True if both clocks say the same time, so that it can be trusted.</summary>
    public bool Agree => (Server - Own).Duration() <= Tolerance;

    /// <summary>The time that counts: the server's if the clocks agree, else the earlier one.</summary>
    public DateTimeOffset Now => Agree || Server < Own ? Server : Own;

    /// <summary>Reads both clocks, and warns if they differ.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="request">The search of the schedule.</param>
    /// <param name="own">The clock of this machine; null for that of the connection.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Paging.PagingException">The server did not answer.</exception>
    public static async Task<StepClock> ReadAsync(
        SearchConnection connection, SearchRequest request, TimeProvider? own, SignalLog signals, CancellationToken cancellationToken)
    {
        var server = await connection.NowAsync(request, signals, cancellationToken).ConfigureAwait(false);
        var clock = new StepClock(server, (own ?? connection.Transport.Time).GetUtcNow());
        if (!clock.Agree)
            signals.Warn(SignalKind.RangePinned, clock.Difference);
        return clock;
    }

    /// <summary>
    /// True if the clocks differ, and the one that counts is before the watermark or before the time of an earlier run. Nothing is exported
    /// until it passes them, and what came since then is not known.
    /// </summary>
    /// <param name="state">The watermark.</param>
    /// <param name="end">The time up to which a run would export by the clock that counts.</param>
    public bool HoldsBack(Watermark state, long end) =>
        !Agree && state.Position > end
        && Math.Max(state.Position, state.LatestNow ?? long.MinValue) > (Now + Tolerance).ToUnixTimeMilliseconds();

    /// <summary>Why nothing is exported in that case.</summary>
    public string WhyHeldBack(Watermark state) => "nothing is exported, because an earlier run exported all events up to "
        + $"{UtcTime.Iso(state.Position)}, and the clock of {(Server < Own ? "the server" : "this machine")} has moved back to "
        + $"{UtcTime.Iso(Now.ToUnixTimeMilliseconds())}. The clock of {(Server < Own ? "this machine" : "the server")} says "
        + $"{UtcTime.Iso((Server < Own ? Own : Server).ToUnixTimeMilliseconds())}. Correct the wrong clock, and run again";

    private string Difference => $"the clock of the server says {UtcTime.Iso(Server.ToUnixTimeMilliseconds())}, and the clock of this "
        + $"machine says {UtcTime.Iso(Own.ToUnixTimeMilliseconds())}. They differ by more than {Tolerance.TotalMinutes:0} minutes, so the "
        + "run uses the earlier one. Correct the wrong clock";
}
