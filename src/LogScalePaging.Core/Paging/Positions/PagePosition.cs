using System.Globalization;
using System.Text;
using System.Text.Json;
using LogScalePaging.Common;

namespace LogScalePaging.Paging.Positions;

/// <summary>
/// The position of a walk: a small map of names to strings that only its strategy reads. A plain value: equal if its entries are equal,
/// serialised as a JSON object, and never with a secret.
/// </summary>
public sealed class PagePosition : IEquatable<PagePosition>
{
    private readonly SortedDictionary<string, string> _values;

    private PagePosition(SortedDictionary<string, string> values) => _values = values;

    /// <summary>Creates a position from entries. Entries with the value null are left out.</summary>
    public static PagePosition Of(params (string Name, string? Value)[] entries)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            if (value is not null)
                values[name] = value;
        }
        return new PagePosition(values);
    }

    /// <summary>The value of an entry; null if there is none.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>All entries, ordered by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>An entry as a whole number.</summary>
    /// <exception cref="FormatException">The entry is missing or not a whole number: the checkpoint is damaged.</exception>
    public long Number(string name) =>
        long.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"The position has no whole number '{name}': {this}");

    /// <summary>An entry as a number from 0; null if there is none.</summary>
    /// <exception cref="FormatException">The entry is not such a number.</exception>
    internal long? Count(string name)
    {
        if (this[name] is null)
            return null;
        var number = Number(name);
        return number is >= 0 and <= int.MaxValue
            ? number
            : throw new FormatException($"The position has no valid number '{name}': {this}");
    }

    /// <summary>The text of a number in an entry; null for no entry.</summary>
    internal static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses entries that a strategy does not write.</summary>
    /// <exception cref="FormatException">There is such an entry.</exception>
    internal void EnsureOnly(params string[] names)
    {
        if (_values.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new FormatException($"The position has an unknown entry '{Printable.Line(unknown)}'.");
    }

    /// <summary>The position as a JSON object with its entries in the order of their names.</summary>
    public override string ToString() => JsonSerializer.Serialize(_values);

    /// <summary>A text that is equal for equal positions only, and never empty. It is cheaper to make than the JSON.</summary>
    internal string ToKey()
    {
        var key = new StringBuilder("#");
        foreach (var entry in _values)
            Append(Append(key, entry.Key), entry.Value);
        return key.ToString();

        // The length makes it unambiguous.
        static StringBuilder Append(StringBuilder key, string text) => key.Append(text.Length).Append(':').Append(text);
    }

    /// <inheritdoc/>
    public bool Equals(PagePosition? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PagePosition);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToKey());
}
