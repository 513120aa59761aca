using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Makes pipeline objects directly from the bytes of records. Names that differ only in case get a suffix. With <see
/// cref="RecordValues.Text"/>, the time is a <see cref="long"/>, JSON null is null, and all other values are strings: text as sent, and
/// numbers, booleans and nested values as their JSON. With <see cref="RecordValues.Json"/>, values have the types of JSON: see <see
/// cref="JsonValues"/>.
/// </summary>
internal sealed class EventBuilder
{
    /// <summary>Type name of an event of LogScale, which has <c>@timestamp</c>.</summary>
    public const string EventType = "LogScalePaging.Event";

    /// <summary>Type name of every record that is not an event of LogScale, after the more specific one.</summary>
    public const string RecordType = "LogScalePaging.Record";

    /// <summary>Type name of a row that a query made.</summary>
    public const string RowType = "LogScalePaging.Row";

    /// <summary>Prefix of the type names of a record with selected fields only, as Select-Object uses it.</summary>
    private const string Selected = "Selected.";

    private readonly FieldFilter? _filter;
    private readonly IReadOnlyList<string>? _property;
    private readonly string[] _propertyNames;
    private readonly FilledEntries? _filled;
    private readonly RecordSchema _schema;
    private readonly string _type;
    private readonly int _level;
    private readonly JsonValues? _json;
    private readonly FieldNameTable _names;
    private readonly FieldName _first;
    private readonly SharedValues _values;
    private readonly SpellingOrder _spellings = new();
    private readonly FieldList _found = new();
    private readonly NextProperty _next = new();
    private readonly object?[] _picked;
    private readonly bool[] _exact;
    private long _number;
    private long _built;
    private int _width = 16;

    /// <param name="schema">The schema of the records.</param>
    /// <param name="property">Fields to keep, in this order; null for all in the server's order.</param>
    /// <param name="seen">Collects names for tab completion.</param>
    /// <param name="type">Type name of a record. Rows without a time, which a query made, have <see cref="RowType"/>.</param>
    public EventBuilder(RecordSchema schema, IReadOnlyList<string>? property = null, SeenFields? seen = null, string type = EventType)
        : this(schema, property, exclude: null, seen, type)
    {
    }

    /// <param name="schema">What the records look like.</param>
    /// <param name="property">Fields to keep, in this order, also with wildcards; null for all in the server's order.</param>
    /// <param name="exclude">Fields to leave out, also with wildcards; null for none.</param>
    /// <param name="seen">Collects names for tab completion.</param>
    /// <param name="type">Type name of a record. Rows without a time, which a query computed, are <see cref="RowType"/>.</param>
    public EventBuilder(RecordSchema schema, IReadOnlyList<string>? property, IReadOnlyList<string>? exclude, SeenFields? seen,
        string type = EventType)
        : this(schema, FieldFilter.Of(property, exclude, StringComparison.OrdinalIgnoreCase), seen, type, new SharedValues(), json: null,
            level: 1)
    {
    }

    /// <summary>Creates a builder for nested objects at one level.</summary>
    internal EventBuilder(RecordSchema schema, SharedValues values, JsonValues json, int level)
        : this(schema, filter: null, seen: null, RecordType, values, json, level)
    {
    }

    private EventBuilder(RecordSchema schema, FieldFilter? filter, SeenFields? seen, string type, SharedValues values, JsonValues? json,
        int level)
    {
        (_schema, _type, _values, _level) = (schema, type, values, level);
        _json = json ?? (schema.Values == RecordValues.Json ? new JsonValues(schema, values) : null);
        _filter = filter;
        _property = filter is { IsOpen: false } ? filter.Names : null;
        _propertyNames = _property is null ? [] : _spellings.NamesOf(_property);
        _filled = filter is null ? null : new FilledEntries(filter);
        _picked = new object?[_property?.Count ?? 0];
        _exact = new bool[_picked.Length];
        _names = new FieldNameTable((raw, text, group) =>
        {
            seen?.Add(text);
            return new FieldName(raw, text, group, filter?.EntryOf(text) ?? -1, isTime: level == 1 && text == schema.TimeField);
        });
        _first = new FieldName([], "", new FieldGroup(), -1, isTime: false);
    }

    /// <summary>Writes the times in ISO 8601; null keeps them.</summary>
    public IsoTimes? Times { get; init; }

    /// <summary>True for an event, a record or a row of a result, even if it is selected or deserialised.</summary>
    public static bool IsEvent(PSObject input) => input.TypeNames.Any(name => Origin(name) is EventType or RecordType or RowType);

    // The general name follows the specific one, and is not written twice.
    private bool IsSpecific => _type is not (EventType or RecordType);

    /// <summary>Warns about requested fields that no record so far has a value in, and about times that could not be converted.</summary>
    public void Report(SignalLog signals)
    {
        Times?.Report(signals, later: false);
        if (_built > 0)
            _filled?.Report(signals);
    }

    /// <summary>Makes the object of one record.</summary>
    /// <exception cref="JsonException">A value is nested too deeply.</exception>
    public PSObject Build(in Record record)
    {
        _built++;
        var json = Times is null ? record.Utf8.Span : Times.Rewrite(record.Utf8.Span);
        if (_filter is not null)
        {
            var kept = _property is null ? BuildMatched(json) : BuildPicked(new EventFields(json));
            kept.TypeNames.Insert(0, Selected + _type);
            if (IsSpecific)
                kept.TypeNames.Insert(1, Selected + RecordType);
            return kept;
        }
        var made = Fill(json, out var hasTime);
        // A query that orders records by time makes rows without it. Lists in the server's own order may have records without a time.
        made.TypeNames.Insert(0, hasTime || _schema.TimeField is null || _schema.Order == RecordOrder.AsSent ? _type : RowType);
        if (IsSpecific)
            made.TypeNames.Insert(1, RecordType);
        return made;
    }

    /// <summary>Makes a nested object.</summary>
    /// <param name="json">The object as it is written.</param>
    internal PSObject BuildNested(ReadOnlySpan<byte> json) => Fill(json, out _);

    [MethodImpl(HotPath.Method)]
    private PSObject Fill(ReadOnlySpan<byte> json, out bool hasTime)
    {
        _number++;
        var fields = new EventFields(json);
        var made = EmptyObjects.WithRoomFor(_width);
        var properties = made.Properties;
        var previous = _first;
        hasTime = false;
        var width = 0;
        while (fields.MoveNext())
        {
            var name = NameOf(fields.Name, previous);
            previous = name;
            width++;
            hasTime |= name.IsTime;
            if (name.Group.LastEvent == _number)
                return FillColliding(json, out hasTime);
            name.Group.LastEvent = _number;
            // This skips PowerShell's checks for existing and reserved names. Both cases are handled here.
            _next.AddTo(properties, name.Text, ValueOf(fields.Value, name));
        }
        _width = width;
        return made;
    }

    // For a name that is there twice, the last value is used, as in every JSON reader of PowerShell. Another spelling gets its own name.
    private PSObject FillColliding(ReadOnlySpan<byte> json, out bool hasTime)
    {
        var found = new FieldList();
        var fields = new EventFields(json);
        hasTime = false;
        while (fields.MoveNext())
        {
            var name = NameOf(fields.Name, _first);
            hasTime |= name.IsTime;
            found.Add(name.Text, 0, ValueOf(fields.Value, name));
        }
        // Objects within a record have nothing to do with one another.
        return found.ToObject(_level == 1 ? _spellings : new SpellingOrder());
    }

    // Each entry with wildcards gives what the record has, each name gives a property in any case.
    private PSObject BuildMatched(ReadOnlySpan<byte> json)
    {
        _found.Clear();
        var fields = new EventFields(json);
        while (fields.MoveNext())
        {
            var name = NameOf(fields.Name, _first);
            if (name.Slot < 0)
                continue;
            _filled!.Add(name, fields.Value);
            _found.Add(name.Text, name.Slot, ValueOf(fields.Value, name));
        }
        for (var entry = 0; entry < _filter!.Entries.Count; entry++)
        {
            if (!_filter.Entries[entry].IsWildcard)
                _found.Require(_filter.Entries[entry].Name, entry);
        }
        return _found.ToObject(_spellings);
    }

    private PSObject BuildPicked(EventFields fields)
    {
        Array.Clear(_picked, 0, _picked.Length);
        Array.Clear(_exact, 0, _exact.Length);
        var previous = _first;
        while (fields.MoveNext())
        {
            var name = NameOf(fields.Name, previous);
            previous = name;
            if (name.Slot < 0)
                continue;
            var exact = name.Text == _property![name.Slot];
            // If Foo is requested and the event has Foo and foo, the exact match is used.
            if (!exact && _exact[name.Slot])
                continue;
            _filled!.Add(name, fields.Value);
            _exact[name.Slot] = exact;
            _picked[name.Slot] = ValueOf(fields.Value, name);
        }
        var made = EmptyObjects.WithRoomFor(_picked.Length);
        var properties = made.Properties;
        for (var i = 0; i < _picked.Length; i++)
            _next.AddTo(properties, _propertyNames[i], _picked[i]);
        return made;
    }

    [MethodImpl(HotPath.Method)]
    private FieldName NameOf(ReadOnlySpan<byte> raw, FieldName previous)
    {
        if (previous.Successor is { } guess && raw.SequenceEqual(guess.Raw.AsSpan()))
            return guess;
        var found = _names.Find(raw);
        previous.Successor = found;
        return found;
    }

    [MethodImpl(HotPath.Method)]
    private object? ValueOf(ReadOnlySpan<byte> value, FieldName name)
    {
        if (_json is not null)
            return _json.Of(value, _level);
        switch (value[0])
        {
            case (byte)'"':
                var inner = value.Slice(1, value.Length - 2);
                if (name.IsTime && Milliseconds(inner) is { } digits)
                    return digits;
                return _values.Decode(inner);
            case (byte)'n':
                return null;
            case (byte)'{' or (byte)'[':
                return RecordText.Raw(value);
            default:
                return name.IsTime && Milliseconds(value) is { } milliseconds ? milliseconds : _values.Get(value);
        }
    }

    private static string Origin(string typeName)
    {
        foreach (var prefix in new[] { "Deserialized.", Selected })
        {
            if (typeName.StartsWith(prefix, StringComparison.Ordinal))
                return Origin(typeName.Substring(prefix.Length));
        }
        return typeName;
    }

    private static long? Milliseconds(ReadOnlySpan<byte> value) =>
        System.Buffers.Text.Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length ? number : null;
}
