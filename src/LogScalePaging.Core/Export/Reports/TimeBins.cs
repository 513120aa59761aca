namespace LogScalePaging.Export.Reports;

/// <summary>Counts records by their time, in bars of equal length. The memory depends on the number of bars only.</summary>
internal sealed class TimeBins
{
    private readonly long _from;
    private readonly long _end;
    private readonly long[] _first;
    private readonly long[] _last;

    /// <param name="start">Start of the range, in the unit of the schema.</param>
    /// <param name="end">End of the range. A record can have this time.</param>
    /// <param name="most">Most bars.</param>
    /// <param name="perMillisecond">Units in a millisecond.</param>
    public TimeBins(long start, long end, int most, long perMillisecond)
    {
        (Start, _end, PerMillisecond) = (start, end, perMillisecond);
        Step = TimeStep.For(unchecked((ulong)end - (ulong)start), most, perMillisecond);
        // A bar begins at a multiple of the step since 1970, which is a round time.
        var over = start % (long)Step;
        over += over < 0 ? (long)Step : 0;
        _from = start >= long.MinValue + over ? start - over : start;
        var count = (int)(unchecked((ulong)end - (ulong)_from) / Step) + 1;
        (Counts, _first, _last) = (new long[count], new long[count], new long[count]);
    }

    /// <summary>Start of the range.</summary>
    public long Start { get; }

    /// <summary>End of the range.</summary>
    public long End => _end;

    /// <summary>Units in a millisecond.</summary>
    public long PerMillisecond { get; }

    /// <summary>Length of a bar, in the unit of the schema.</summary>
    public ulong Step { get; }

    /// <summary>Records in each bar, the oldest bar first.</summary>
    public long[] Counts { get; }

    /// <summary>Records without a time.</summary>
    public long WithoutTime { get; private set; }

    /// <summary>Records whose time is outside the range.</summary>
    public long Outside { get; private set; }

    /// <summary>Records in the bars.</summary>
    public long Inside { get; private set; }

    /// <summary>Where a bar begins. The first bar can begin before the range.</summary>
    public long StartOf(int bar) => unchecked((long)((ulong)_from + ((ulong)bar * Step)));

    /// <summary>The bar that has a time; the first or the last one for a time outside.</summary>
    public int BarOf(long time) =>
        time <= _from ? 0 : time >= _end ? Counts.Length - 1 : (int)(unchecked((ulong)time - (ulong)_from) / Step);

    /// <summary>Adds the time of a record.</summary>
    public void Add(long? time)
    {
        if (time is not { } at)
        {
            WithoutTime++;
            return;
        }
        if (at < Start || at > _end)
        {
            Outside++;
            return;
        }
        Inside++;
        var bar = BarOf(at);
        _first[bar] = Counts[bar] == 0 ? at : Math.Min(_first[bar], at);
        _last[bar] = Counts[bar] == 0 ? at : Math.Max(_last[bar], at);
        Counts[bar]++;
    }

    /// <summary>The gaps that are at least as long as a bar, the oldest one first.</summary>
    public IEnumerable<TimeGap> Gaps()
    {
        if (Inside == 0)
            yield break;
        var before = Start;
        for (var bar = 0; bar < Counts.Length; bar++)
        {
            if (Counts[bar] == 0)
                continue;
            if (new TimeGap(before, _first[bar]) is var gap && gap.Length >= Step)
                yield return gap;
            before = _last[bar];
        }
        if (new TimeGap(before, _end) is var rest && rest.Length >= Step)
            yield return rest;
    }
}
