using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale;

/// <summary>What the polls of a live search have read so far, and where the next one starts.</summary>
/// <param name="signals">The log that receives signals.</param>
/// <param name="fromNow">True if the events of the first poll are not wanted, but known.</param>
internal sealed class LiveProgress(SignalLog signals, bool fromNow)
{
    /// <summary>How often a poll is read again because events are missing.</summary>
    private const int Tries = 3;

    private const string NoId = "This query cannot be followed, because its events have no @id, and each would come again with every poll. "
        + "Keep @id in the query.";

    private readonly List<(long? Time, ItemIdentity Identity)> _seen = [];
    private IdentitySet _known = new(IdentityMemory.All);
    private long? _first;
    private long _polls;
    private long _missing;
    private int _short;
    private string? _doubt;
    private string? _failure;

    /// <summary>Start of the next poll, epoch milliseconds; null before an answer.</summary>
    public long? Start { get; private set; }

    /// <summary>True until a poll has ended.</summary>
    public bool IsFirst => _polls == 0;

    /// <summary>A poll begins.</summary>
    public void Begin() => _seen.Clear();

    /// <summary>The events that were not seen before.</summary>
    /// <exception cref="PagingException">An event has no identity, so it would come with every poll.</exception>
    public IReadOnlyList<Record> Fresh(IReadOnlyList<Record> rows)
    {
        var fresh = new List<Record>();
        foreach (var row in rows)
        {
            var identity = RecordIdentity.Of(in row);
            if (identity.IsNone)
                throw new PagingException(PagingErrorKind.FieldsMissing, NoId);
            _seen.Add((row.Timestamp, identity));
            if (_known.Add(identity) != Sighting.Known && !(fromNow && IsFirst))
                fresh.Add(row);
        }
        return fresh;
    }

    /// <summary>
    /// Whether the search goes on after a failed poll: another request can succeed, and an earlier one did. A wrong query or token ends it.
    /// </summary>
    public bool MayGoOn(Exception failure, long received)
    {
        var cause = failure is PagingException { Kind: PagingErrorKind.RequestFailed, InnerException: { } inner } ? inner : failure;
        return (!IsFirst || received > 0) && cause is IRequestFailure { IsHopeless: false }
            and not ApiException { Kind: ApiErrorKind.BadRequest or ApiErrorKind.NotFound or ApiErrorKind.Closed };
    }

    /// <summary>A poll has ended.</summary>
    /// <param name="search">The search.</param>
    /// <param name="verdict">Its verdict; null if it failed.</param>
    /// <param name="failure">Why it failed; null if it did not.</param>
    public void Conclude(LogScaleSearch search, Completeness? verdict, Exception? failure)
    {
        _first ??= search.Identity.RangeStart;
        Start ??= search.Identity.RangeStart;
        if (failure is not null || verdict is null || search.Identity.RangeEnd is not { } end)
        {
            SayFailed(failure?.Message ?? "the answer has no range");
            return;
        }
        if (_failure is not null)
            signals.Verbose(SignalKind.Resumed, "the polls succeed again");
        _failure = null;
        _polls++;
        // The same range is read again with the next poll. What was passed on is known.
        if (verdict.State == CompletenessState.Incomplete && ++_short < Tries)
            return;
        if (verdict.State == CompletenessState.Incomplete)
        {
            _missing += verdict.Missing;
            signals.Warn(SignalKind.PartialResult, $"events of the live search are missing: {verdict.Reason}", verdict.Missing);
        }
        else if (verdict.State == CompletenessState.Unverified)
        {
            _doubt = verdict.Reason;
        }
        _short = 0;
        Start = Math.Max(Start ?? 0, LiveOverlap.Next(end, search.Changing, _first ?? 0));
        Forget(Start.Value);
    }

    /// <summary>The verdict on all polls.</summary>
    /// <param name="received">Events passed on.</param>
    /// <param name="noVerify">True if the user wants no count.</param>
    /// <param name="isFull">True if the limit of events ended the search, perhaps within a poll, which then has no verdict.</param>
    public Completeness Judge(long received, bool noVerify, bool isFull)
    {
        var polls = Counted.Of(_polls, "poll");
        var (state, reason) = true switch
        {
            _ when _missing > 0 => (CompletenessState.Incomplete,
                $"{Counted.Of(_missing, "record")} counted by the server {(_missing == 1 ? "was" : "were")} not received in {polls}"),
            _ when isFull => (CompletenessState.Complete,
                $"the first {Counted.Of(received, "record")}, because of the limit"),
            _ when _failure is not null => (CompletenessState.Incomplete, $"the last poll failed: {_failure}"),
            _ when _short > 0 => (CompletenessState.Incomplete, "the last poll lacks events that the server counted"),
            _ when noVerify => (CompletenessState.Unverified, "no count was requested"),
            _ when _doubt is not null => (CompletenessState.Unverified, _doubt),
            _ => (CompletenessState.Complete, $"the count agreed in {polls}"),
        };
        return new Completeness(state, reason) { Received = received, Missing = _missing };
    }

    private void SayFailed(string why)
    {
        var message = $"a poll of the live search failed, and is repeated: {Printable.Line(why)}";
        if (_failure is null)
            signals.Warn(SignalKind.WindowFailed, message);
        else
            signals.Verbose(SignalKind.WindowFailed, message);
        _failure = Printable.Line(why).TrimEnd('.');
    }

    // Only events from the start of the next poll on can come again.
    private void Forget(long start)
    {
        _known = new IdentitySet(IdentityMemory.All);
        foreach (var (time, identity) in _seen)
        {
            if (!(time < start))
                _known.Add(identity);
        }
    }
}
