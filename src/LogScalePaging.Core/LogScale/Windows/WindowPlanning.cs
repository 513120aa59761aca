using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// Finds out what is needed to cut a range: the largest buffer of the server, and the distribution of events. Both are requested at once.
/// </summary>
/// <param name="buffers">What earlier searches found out about the server, so that it is found only once.</param>
/// <param name="runner">Runs the jobs.</param>
/// <param name="pinned">The query with its range pinned.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="looked">The histogram of the whole range if it was requested already; null to request it.</param>
internal sealed class WindowPlanning(
    KnownBuffers buffers, QueryJobRunner runner, QueryJobSpec pinned, SignalLog signals, Task<HistogramAnswer>? looked = null)
{
    /// <summary>Cuts the range.</summary>
    /// <param name="identity">Names the repository and the range.</param>
    /// <param name="known">The first answer's events, newest first; at least one.</param>
    /// <param name="spec">Fields and limit of the search.</param>
    /// <param name="largestWindow">Maximum number of events in a window, even if the buffer holds more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CannotCutException">The server refuses what cutting needs. The message says what.</exception>
    /// <exception cref="PagingException">The server did not answer.</exception>
    /// <param name="left">The part that is left to read; null for the whole range.</param>
    public async Task<WindowPlan> PlanAsync(
        WalkIdentity identity, IReadOnlyList<Record> known, SearchSpec spec, int largestWindow, CancellationToken cancellationToken,
        RangeLeft? left = null)
    {
        var (start, end) = (identity.RangeStart!.Value, identity.RangeEnd!.Value);
        var top = Math.Max(Math.Min(left?.End ?? end, end), start + 1);
        var histogram = new Histogram(runner, pinned, signals);
        return await GuardAsync(async () =>
        {
            var probing = FindBufferAsync(identity, known, FieldSelection.Of(spec.Fields), cancellationToken);
            var looking = looked ?? histogram.LookAsync(start, end, cancellationToken);
            await Task.WhenAll(probing, looking).ConfigureAwait(false);
            var buffer = await probing.ConfigureAwait(false);
            var capacity = Math.Min(buffer.Capacity, largestWindow);
            var all = (await looking.ConfigureAwait(false)).Bars;
            // A bar at the end of the part also has events after it, and so have its refined bars.
            var bars = await histogram.RefineAsync(Below(all, top), capacity, cancellationToken).ConfigureAwait(false);
            bars = Below(bars, top);
            var windows = WindowPlanner.Plan(bars, start, top, WindowPlanner.FillOf(capacity), buffer.Capacity);
            if (top < end)
                windows = [windows[0] with { IsNewest = false,
                    Planned = Newest(windows[0].Planned, bars.Sum(b => b.Count) - all.Sum(b => b.Count) + (left?.Above ?? 0)) },
                    .. windows.Skip(1)];
            windows = WindowPlanner.Newest(windows, spec.MaxEvents);
            var noun = windows.Count == 1 ? "window" : "windows";
            var said = FormattableString.Invariant($"{windows.Count} {noun} of at most {capacity:N0} events");
            return new WindowPlan(windows, buffer, said) { Total = top < end ? all.Sum(b => b.Count) : bars.Sum(b => b.Count) };
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Cuts the range into windows of equal length. If the query writes <c>@timestamp</c>, a histogram would show the written times.
    /// </summary>
    /// <param name="identity">Names the repository and the range.</param>
    /// <param name="known">The first answer's events; at least one.</param>
    /// <param name="spec">Fields of the search.</param>
    /// <param name="count">Events in the range; null if it is not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CannotCutException">The server refuses what cutting needs. The message says what.</exception>
    /// <exception cref="PagingException">The server did not answer.</exception>
    public async Task<WindowPlan> PlanEvenlyAsync(WalkIdentity identity, IReadOnlyList<Record> known, SearchSpec spec, long? count,
        CancellationToken cancellationToken)
    {
        var buffer = await BufferAsync(identity, known, spec, cancellationToken).ConfigureAwait(false);
        var windows = WindowPlanner.Even(identity.RangeStart!.Value, identity.RangeEnd!.Value, count,
            WindowPlanner.FillOf(buffer.Capacity));
        return new WindowPlan(windows, buffer,
            FormattableString.Invariant($"{windows.Count} {(windows.Count == 1 ? "window" : "windows")} of equal length"));
    }

    /// <summary>Finds the largest buffer of the server for the query.</summary>
    /// <param name="identity">Names the repository and the range.</param>
    /// <param name="known">The first answer's events, newest first; at least one.</param>
    /// <param name="spec">Fields of the search.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CannotCutException">The server refuses the query in this form. The message says why.</exception>
    /// <exception cref="PagingException">The server did not answer.</exception>
    public Task<ResultBuffer> BufferAsync(WalkIdentity identity, IReadOnlyList<Record> known, SearchSpec spec,
        CancellationToken cancellationToken) =>
        GuardAsync(() => FindBufferAsync(identity, known, FieldSelection.Of(spec.Fields), cancellationToken));

    /// <summary>Saves what a job over the whole range showed about the buffer.</summary>
    /// <param name="buffers">Receives it.</param>
    /// <param name="identity">Names the repository and the query.</param>
    /// <param name="known">Events in the server's order.</param>
    /// <param name="fields">Fields that were requested.</param>
    /// <param name="buffer">The buffer.</param>
    public static void Keep(KnownBuffers buffers, WalkIdentity identity, IReadOnlyList<Record> known, IReadOnlyList<string>? fields,
        ResultBuffer buffer)
    {
        // The refusal may depend on the query, and the order of events of one instant cannot be determined with certainty.
        if (buffer.IsTail && known.Count > 1 && known[0].Timestamp != known[known.Count - 1].Timestamp)
            buffers.Keep(identity, fields, buffer);
    }

    /// <summary>Cuts a window that has too many events; no parts if the server refuses a histogram.</summary>
    /// <param name="window">The window.</param>
    /// <param name="capacity">Events that fit into a job.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<TimeWindow>> SplitAsync(TimeWindow window, int capacity, CancellationToken cancellationToken)
    {
        var histogram = new Histogram(runner, pinned, signals);
        try
        {
            var seen = await histogram.LookAsync(window.Start, window.End, cancellationToken).ConfigureAwait(false);
            var bars = await histogram.RefineAsync(seen.Bars, capacity, cancellationToken).ConfigureAwait(false);
            return WindowPlanner.Split(window, bars, capacity);
        }
        catch (Exception e) when (e is ApiException { Kind: ApiErrorKind.BadRequest } or FormatException)
        {
            return [];
        }
    }

    private static IReadOnlyList<Bucket> Below(IReadOnlyList<Bucket> bars, long top) => [.. bars.Where(b => b.Start < top)];

    // Without the events of the bar at the end of the part that were read already.
    private static long? Newest(long? planned, long read) => read >= 0 && read <= planned ? planned - read : null;

    private static async Task<T> GuardAsync<T>(Func<Task<T>> plan)
    {
        try
        {
            return await plan().ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException { Kind: ApiErrorKind.BadRequest } or FormatException)
        {
            throw new CannotCutException($"the range cannot be cut into windows: {Printable.Line(e.Message)}", e);
        }
        catch (Exception e) when (e is ApiException or JobLostException)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, e.Message, e);
        }
    }

    private async Task<ResultBuffer> FindBufferAsync(WalkIdentity identity, IReadOnlyList<Record> known, IReadOnlyList<string>? fields,
        CancellationToken cancellationToken)
    {
        if (buffers.Find(identity, fields) is { } remembered)
            return remembered;
        var buffer = await new BufferProbe(runner, signals, buffers.Largest(identity.Repository)).ProbeAsync(pinned, known,
            identity.RangeEnd!.Value, fields, cancellationToken).ConfigureAwait(false);
        Keep(buffers, identity, known, fields, buffer);
        return buffer;
    }
}

/// <summary>The part of a range that is left to read, from its start on.</summary>
/// <param name="End">Its end, epoch milliseconds.</param>
/// <param name="Above">Events that were read at this time or later.</param>
internal sealed record RangeLeft(long End, long Above);

/// <summary>The windows of a range.</summary>
/// <param name="Windows">The windows, newest first.</param>
/// <param name="Buffer">What is known about the server's result buffer.</param>
/// <param name="Said">Number and size of the windows, in words.</param>
internal sealed record WindowPlan(IReadOnlyList<TimeWindow> Windows, ResultBuffer Buffer, string Said)
{
    /// <summary>Events of the histogram in the whole range, before any limit; 0 without a histogram.</summary>
    public long Total { get; init; }
}

/// <summary>A range cannot be cut, with the reason. Another strategy is used.</summary>
internal sealed class CannotCutException(string message, Exception? inner = null) : Exception(message, inner);
