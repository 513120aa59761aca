using LogScalePaging.Diagnostics;

namespace LogScalePaging.Tanium.Answers;

/// <summary>The totals that the answers of a walk state, and what they say against its result. Thread safe.</summary>
internal sealed class TaniumTotals(SignalLog signals)
{
    private readonly object _gate = new();
    private long? _last;
    private (long From, long To)? _moved;
    private long? _highest;
    private long? _counted;
    private int _changes;

    /// <summary>The last total above zero; null when no answer stated one.</summary>
    public long? Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>How the total moved during this pass, as a part of a sentence; null if it did not.</summary>
    public string? Moved
    {
        get
        {
            lock (_gate)
                return _moved is null ? null : $"{Movement} while the records were read";
        }
    }

    /// <summary>
    /// How the total moved, where a second pass tells more: it fell, so records may have moved up into pages that were read, or only the
    /// first page differs from the count, so its total may have been wrong. Null otherwise.
    /// </summary>
    public string? Unsettled
    {
        get
        {
            lock (_gate)
                return _moved is not null && (_last < _highest || (_changes == 1 && _counted == _last)) ? Movement : null;
        }
    }

    private string Movement => FormattableString.Invariant($"totalRecords moved from {_moved?.From:N0} to {_moved?.To:N0}");

    /// <summary>Notes that the records are read from the beginning: what moved before does not matter to this pass.</summary>
    public void BeginPass()
    {
        lock (_gate)
            (_moved, _highest, _changes) = (null, null, 0);
    }

    /// <summary>Notes what a request for the total alone brought.</summary>
    public void NoteCount(long total)
    {
        lock (_gate)
            _counted ??= total;
    }

    /// <summary>True if an answer states another total than the one before it in this pass, so that one of them may be wrong.</summary>
    public bool Differs(long? total)
    {
        lock (_gate)
            return total > 0 && _highest is not null && _last != total;
    }

    /// <summary>Notes the total of a page. Zero beside records is a total that is not known.</summary>
    public void Note(long? total)
    {
        if (total is not > 0)
            return;
        (long From, long To)? change = null;
        lock (_gate)
        {
            if (_highest is not null && _last is { } before && before != total)
                (change, _moved, _changes) = ((before, total.Value), (_moved?.From ?? before, total.Value), _changes + 1);
            (_last, _highest) = (total, Math.Max(_highest ?? 0, total.Value));
        }
        if (change is var (from, to))
            signals.Verbose(SignalKind.TotalChanged, FormattableString.Invariant($"the server states a total of {to:N0}, after {from:N0}"));
    }
}
