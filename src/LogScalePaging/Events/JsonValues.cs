using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Events;

/// <summary>
/// Converts the values of records whose schema has <see cref="RecordValues.Json"/>: numbers with <see cref="JsonNumber"/>, booleans,
/// null, strings, arrays to <c>object[]</c>, and nested objects to objects with properties.
/// </summary>
internal sealed class JsonValues(RecordSchema schema, SharedValues texts)
{
    // ConvertTo-Json does not write more levels.
    private const int DeepestLevel = 100;

    // There is one builder for each level, because a builder handles the names of one object at a time.
    private readonly EventBuilder?[] _builders = new EventBuilder?[DeepestLevel + 1];

    /// <summary>The value.</summary>
    /// <param name="value">The value as it is written.</param>
    /// <param name="level">Level of the object or array that contains it. The record is level 1.</param>
    /// <exception cref="JsonException">It is nested too deeply.</exception>
    public object? Of(ReadOnlySpan<byte> value, int level) => value[0] switch
    {
        (byte)'"' => texts.Decode(value.Slice(1, value.Length - 2)),
        (byte)'n' => null,
        (byte)'t' => true,
        (byte)'f' => false,
        (byte)'{' => Builder(level + 1).BuildNested(value),
        (byte)'[' => Items(value, level + 1),
        _ => JsonNumber.Of(value),
    };

    private EventBuilder Builder(int level)
    {
        EnsureNotTooDeep(level);
        return _builders[level] ??= new EventBuilder(schema, texts, this, level);
    }

    private object?[] Items(ReadOnlySpan<byte> array, int level)
    {
        EnsureNotTooDeep(level);
        var made = new List<object?>();
        var items = new JsonItems(array);
        while (items.MoveNext())
            made.Add(Of(items.Value, level));
        return [.. made];
    }

    private void EnsureNotTooDeep(int level)
    {
        if (level > DeepestLevel)
        {
            throw new JsonException(FormattableString.Invariant(
                $"A value of the {schema.Noun} is nested more than {DeepestLevel} levels deep. Export it to a file instead."));
        }
    }
}
