using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Makes pipeline objects straight from the bytes of events. <c>@timestamp</c> is a <see cref="long"/>, JSON null is null, and all else is a
/// string: text as sent, numbers, booleans and nested values as their JSON. Names that differ in case only are told apart by a suffix.
/// </summary>
internal sealed class EventBuilder
{
    /// <summary>Type name of an event, which has <c>@timestamp</c>.</summary>
    public const string EventType = "LogScalePaging.Event";

    /// <summary>Type name of a row that a query made.</summary>
    public const string RowType = "LogScalePaging.Row";

    /// <summary>Type name of an event cut down to the fields asked for, by PowerShell's own custom.</summary>
    public const string SelectedType = "Selected." + EventType;

    private readonly IReadOnlyList<string>? _property;
    private readonly FieldNameTable _names;
    private readonly FieldName _first;
    private readonly SharedValues _values = new();
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly object?[] _picked;
    private readonly bool[] _exact;
    private long _number;
    private long _renamedIn;
    private int _width = 16;

    /// <param name="property">Fields to keep, in this order; null for all as they come.</param>
    /// <param name="seen">Where names are noted for tab completion.</param>
    public EventBuilder(IReadOnlyList<string>? property = null, SeenFields? seen = null)
    {
        _property = property?.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        _picked = new object?[_property?.Count ?? 0];
        _exact = new bool[_picked.Length];
        _names = new FieldNameTable((raw, text, group) =>
        {
            seen?.Add(text);
            return new FieldName(raw, text, group, SlotOf(text));
        });
        _first = new FieldName([], "", new FieldGroup(), -1);
    }

    /// <summary>Whether an object is an event or a row of a result, also a selected or a deserialised one.</summary>
    public static bool IsEvent(PSObject input) => input.TypeNames.Any(name => Origin(name) is EventType or RowType);

    /// <summary>Makes the object of one event.</summary>
    public PSObject Build(in EventRecord record)
    {
        _number++;
        var fields = new EventFields(record.Utf8.Span);
        return _property is null ? BuildWhole(fields) : BuildPicked(fields);
    }

    [MethodImpl(HotPath.Method)]
    private PSObject BuildWhole(EventFields fields)
    {
        var made = EmptyObjects.WithRoomFor(_width);
        var properties = made.Properties;
        var previous = _first;
        var isEvent = false;
        var width = 0;
        while (fields.MoveNext())
        {
            var name = NameOf(fields.Name, previous);
            previous = name;
            width++;
            var value = ValueOf(fields.Value, name);
            isEvent |= name.IsTimestamp;
            if (name.Group.LastEvent == _number)
            {
                AddColliding(made, name, value);
                continue;
            }
            name.Group.LastEvent = _number;
            // The checks that this skips are for names that exist already or that PowerShell reserves; both are seen to here.
            properties.Add(new PSNoteProperty(name.Text, value), true);
        }
        _width = width;
        made.TypeNames.Insert(0, isEvent ? EventType : RowType);
        return made;
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
            // Asked for is Foo, and the event has Foo and foo: the one that is written alike wins.
            if (!exact && _exact[name.Slot])
                continue;
            _exact[name.Slot] = exact;
            _picked[name.Slot] = ValueOf(fields.Value, name);
        }
        var made = EmptyObjects.WithRoomFor(_picked.Length);
        var properties = made.Properties;
        for (var i = 0; i < _picked.Length; i++)
            properties.Add(new PSNoteProperty(_property![i], _picked[i]), true);
        made.TypeNames.Insert(0, SelectedType);
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

    private int SlotOf(string name)
    {
        for (var i = 0; i < (_property?.Count ?? 0); i++)
        {
            if (string.Equals(_property![i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    // The same name again: the last value stands, as in every JSON reader of PowerShell. Another spelling: a name of its own.
    private void AddColliding(PSObject made, FieldName name, object? value)
    {
        if (_renamedIn != _number)
        {
            _renamed.Clear();
            _renamedIn = _number;
        }
        for (var suffix = 1; ; suffix++)
        {
            var text = suffix == 1 ? name.Text : name.Text + "_" + suffix.ToString(CultureInfo.InvariantCulture);
            var there = made.Properties[text];
            if (there is null)
            {
                _renamed[text] = name.Text;
                _names.GroupOf(text).LastEvent = _number;
                made.Properties.Add(new PSNoteProperty(text, value), true);
                return;
            }
            if ((_renamed.TryGetValue(there.Name, out var origin) ? origin : there.Name) == name.Text)
            {
                there.Value = value;
                return;
            }
        }
    }

    [MethodImpl(HotPath.Method)]
    private object? ValueOf(ReadOnlySpan<byte> value, FieldName name)
    {
        switch (value[0])
        {
            case (byte)'"':
                var inner = value.Slice(1, value.Length - 2);
                if (name.IsTimestamp && Milliseconds(inner) is { } digits)
                    return digits;
                return inner.IndexOf((byte)'\\') < 0 ? _values.Get(inner) : EventText.Decode(inner);
            case (byte)'n':
                return null;
            case (byte)'{' or (byte)'[':
                return EventText.Raw(value);
            default:
                return name.IsTimestamp && Milliseconds(value) is { } milliseconds ? milliseconds : _values.Get(value);
        }
    }

    private static string Origin(string typeName)
    {
        foreach (var prefix in new[] { "Deserialized.", "Selected." })
        {
            if (typeName.StartsWith(prefix, StringComparison.Ordinal))
                return Origin(typeName.Substring(prefix.Length));
        }
        return typeName;
    }

    private static long? Milliseconds(ReadOnlySpan<byte> value) =>
        System.Buffers.Text.Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length ? number : null;
}
