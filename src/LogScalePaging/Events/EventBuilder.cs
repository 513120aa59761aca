using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Export;
using LogScalePaging.Paging;

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

    /// <summary>Makes the object of one event.</summary>
    public PSObject Build(in EventRecord record)
    {
        _number++;
        var reader = new Utf8JsonReader(record.Utf8.Span);
        reader.Read();
        return _property is null ? BuildWhole(ref reader) : BuildPicked(ref reader);
    }

    [MethodImpl(HotPath.Method)]
    private PSObject BuildWhole(ref Utf8JsonReader reader)
    {
        var made = EmptyObjects.WithRoomFor(_width);
        var properties = made.Properties;
        var previous = _first;
        var isEvent = false;
        var width = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader, previous);
            previous = name;
            width++;
            reader.Read();
            var value = ValueOf(ref reader, name);
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

    private PSObject BuildPicked(ref Utf8JsonReader reader)
    {
        Array.Clear(_picked, 0, _picked.Length);
        Array.Clear(_exact, 0, _exact.Length);
        var previous = _first;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader, previous);
            previous = name;
            reader.Read();
            if (name.Slot < 0)
            {
                reader.Skip();
                continue;
            }
            var exact = name.Text == _property![name.Slot];
            // Asked for is Foo, and the event has Foo and foo: the one that is written alike wins.
            if (!exact && _exact[name.Slot])
            {
                reader.Skip();
                continue;
            }
            _exact[name.Slot] = exact;
            _picked[name.Slot] = ValueOf(ref reader, name);
        }
        var made = EmptyObjects.WithRoomFor(_picked.Length);
        var properties = made.Properties;
        for (var i = 0; i < _picked.Length; i++)
            properties.Add(new PSNoteProperty(_property![i], _picked[i]), true);
        made.TypeNames.Insert(0, SelectedType);
        return made;
    }

    [MethodImpl(HotPath.Method)]
    private FieldName NameOf(ref Utf8JsonReader reader, FieldName previous)
    {
        if (previous.Successor is { } guess && reader.ValueSpan.SequenceEqual(guess.Raw))
            return guess;
        var found = _names.Find(reader.ValueSpan);
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

    private object? ValueOf(ref Utf8JsonReader reader, FieldName name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return name.IsTimestamp && EventRecordTime(ref reader) is { } digits ? digits : Text(ref reader);
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when name.IsTimestamp && reader.TryGetInt64(out var milliseconds):
                return milliseconds;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                using (var nested = JsonDocument.ParseValue(ref reader))
                    return nested.RootElement.GetRawText();
            default:
                return _values.Get(reader.ValueSpan);
        }
    }

    private string Text(ref Utf8JsonReader reader) =>
        reader.ValueSpan.IndexOf((byte)'\\') < 0 ? _values.Get(reader.ValueSpan) : EventText.Decode(reader.ValueSpan);

    private static long? EventRecordTime(ref Utf8JsonReader reader) =>
        System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out long number, out var used) && used == reader.ValueSpan.Length ? number : null;
}
