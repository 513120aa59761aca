using System.Globalization;
using System.Management.Automation;
using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// The properties that a search adds to its records. An added property always has its own name, so that a script can rely on it. A field of
/// that name keeps its value, under the name with a number: <c>SourceQuery_2</c>.
/// </summary>
internal sealed class AddedProperties
{
    /// <summary>Name of the property that marks the event that was searched around.</summary>
    public const string IsAnchor = "IsAnchor";

    private const string Prefix = "Source";

    private readonly List<(string Name, object? Value)> _values = [];
    private readonly byte[]? _anchor;
    private string? _clash;

    /// <param name="wanted">The source properties; null for none.</param>
    /// <param name="valueOf">The value of each.</param>
    /// <param name="anchor">The identity of the event that was searched around; null for another search.</param>
    public AddedProperties(IReadOnlyList<SourceProperty>? wanted, Func<SourceProperty, object?> valueOf, string? anchor)
    {
        foreach (var property in (wanted ?? []).Distinct())
            _values.Add((Prefix + property, valueOf(property)));
        _anchor = anchor is null ? null : Encoding.UTF8.GetBytes(anchor);
    }

    /// <summary>Adds them to the object of a record.</summary>
    public PSObject AddTo(PSObject made, in Record record)
    {
        foreach (var (name, value) in _values)
            Add(made, name, value);
        if (_anchor is not null)
            Add(made, IsAnchor, IsTheAnchor(in record));
        return made;
    }

    /// <summary>Warns once about fields that had to get another name.</summary>
    public void Report(SignalLog signals)
    {
        if (_clash is { } name)
        {
            signals.Warn(SignalKind.AmbiguousColumn,
                $"Events have a field '{name}', which is the name of an added property. The field is the "
                + $"property '{name}_2'.");
        }
    }

    private bool IsTheAnchor(in Record record)
    {
        if (!record.HasId)
            return false;
        var raw = record.RawId.Span;
        return raw.IndexOf((byte)'\\') < 0 ? raw.SequenceEqual(_anchor) : record.Id == Encoding.UTF8.GetString(_anchor!);
    }

    private void Add(PSObject made, string name, object? value)
    {
        if (made.Properties[name] is { IsInstance: true } field)
        {
            _clash ??= name;
            var other = Free(made, name);
            made.Properties.Remove(name);
            made.Properties.Add(new PSNoteProperty(other, field.Value));
        }
        made.Properties.Add(new PSNoteProperty(name, value));
    }

    private static string Free(PSObject made, string name)
    {
        for (var number = 2; ; number++)
        {
            var text = name + "_" + number.ToString(CultureInfo.InvariantCulture);
            if (made.Properties[text] is null)
                return text;
        }
    }
}
