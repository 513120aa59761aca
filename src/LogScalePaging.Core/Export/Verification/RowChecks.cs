using LogScalePaging.Common;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Export.Verification;

/// <summary>Checks of consecutive rows, through all files of an output.</summary>
internal sealed class RowChecks(ExportManifest manifest)
{
    // A repeated event has the same time. If rows are ordered by time, it is enough to remember the rows of one instant.
    private readonly IdentitySet _known = new(IdentityMemory.All);
    // With selected fields, two different rows of one event can look equal.
    private readonly bool _isWhole = manifest.Property is null && manifest.ExcludeProperty is null && manifest.Format != "csv";
    private readonly Failures _order = new();
    private readonly Failures _range = new();
    private readonly Failures _unique = new();
    private readonly string _id = Printable.Line(manifest.Schema.IdentityField ?? "identity");
    private readonly string _time = Printable.Line(manifest.Schema.TimeField ?? "time");
    private readonly bool _oldestFirst = manifest.IsOldestFirst;
    private long _withTime;
    private long _withId;
    private long _repeatedIds;
    private long _outside;
    private long? _lastTime;

    public long Rows { get; private set; }

    public RowIdentity First { get; private set; }

    public RowIdentity Last { get; private set; }

    public void Add(RowIdentity row)
    {
        Rows++;
        if (Rows == 1)
            First = row;
        Last = row;
        if (row.Timestamp is { } time)
        {
            _withTime++;
            if (manifest.Ordered && (_oldestFirst ? time < _lastTime : time > _lastTime))
                _order.Add(FormattableString.Invariant(
                    $"Row {Rows} ({time}) is {(_oldestFirst ? "older" : "newer")} than the row before it ({_lastTime})."));
            if (manifest.Ordered && time != _lastTime)
                _known.Clear();
            _lastTime = time;
            if (manifest.Order != ExportManifest.AsSent && (time < manifest.Range.Start || time > manifest.Range.End)
                && ++_outside > manifest.Counts.OutsideRange)
                _range.Add(FormattableString.Invariant($"Row {Rows} ({time}) is outside the range."));
        }
        if (row.Id is { } id && !row.Item.IsNone)
        {
            _withId++;
            var sighting = _known.Add(row.Item);
            if (sighting == Sighting.Known && _isWhole)
                _unique.Add(FormattableString.Invariant($"Row {Rows} repeats an earlier row in every byte. Its {_id} is {id}"));
            else if (sighting is Sighting.Known or Sighting.KnownId && ++_repeatedIds > manifest.Counts.RepeatedIds)
                _unique.Add(FormattableString.Invariant($"Row {Rows} repeats the {_id} of an earlier row: {id}"));
        }
    }

    public IEnumerable<VerificationFinding> Findings()
    {
        yield return Compare("Written", manifest.Counts.Written, Rows);
        yield return _order.Finding("Order", OrderText(), Coverage(_withTime, manifest.Schema.TimeField, "time"));
        var range = FormattableString.Invariant($"{manifest.Range.Start} to {manifest.Range.End}");
        if (manifest.Order == ExportManifest.AsSent)
            range = $"{range}: not checked, because {WhyAsSent()}";
        yield return _range.Finding("Range", range, Coverage(_withTime, manifest.Schema.TimeField, "time"));
        var once = $"each {_id} once";
        if (manifest.Counts.RepeatedIds > 0)
            once += FormattableString.Invariant($", except in {manifest.Counts.RepeatedIds:N0} rows");
        yield return _unique.Finding("UniqueId", once, Coverage(_withId, manifest.Schema.IdentityField, "identity"));
        yield return Ends("First", manifest.First, First);
        yield return Ends("Last", manifest.Last, Last);
    }

    public static VerificationFinding Compare(string check, long expected, long actual) => new(
        check, expected == actual, FormattableString.Invariant($"{expected:N0}"), FormattableString.Invariant($"{actual:N0}"));

    private string WhyAsSent() => manifest.Schema.Order == RecordOrder.AsSent
        ? $"{manifest.Schema.Nouns} are kept in the order of the server"
        : $"the query writes {_time}";

    private string OrderText() => !manifest.Ordered
        ? "none: the manifest says that the rows are not ordered"
        : _oldestFirst ? "oldest first" : "newest first";

    // A file with selected fields, or of an aggregate, may lack the fields that are checked here.
    private string? Coverage(long rows, string? field, string purpose)
    {
        if (field is null)
            return $"not checked, because {manifest.Schema.Nouns} of this system have no {purpose}";
        if (field == manifest.Schema.TimeField && manifest.Counts.TimesAsText > 0)
        {
            return FormattableString.Invariant(
                $"not checked, because the server sent {manifest.Counts.TimesAsText:N0} times as text that looks like the converted times");
        }
        return rows == Rows ? null : FormattableString.Invariant(
            $"{Rows - rows:N0} of {Rows:N0} rows have no {Printable.Line(field)} and were not checked.");
    }

    private VerificationFinding Ends(string check, RecordMark? expected, RowIdentity actual)
    {
        var same = expected is null
            ? Rows == 0
            : Rows > 0 && (actual.Id is null || actual.Id == expected.Id)
                && (actual.Timestamp is null || actual.Timestamp == expected.Timestamp);
        return new VerificationFinding(check, same, Text(expected?.Id, expected?.Timestamp), Text(actual.Id, actual.Timestamp));
    }

    private string Text(string? id, long? time) =>
        Printable.Line(FormattableString.Invariant($"{id ?? $"(no {_id})"} at {(time is null ? $"(no {_time})" : time)}"));
}
