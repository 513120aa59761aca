using LogScalePaging.Common;

namespace LogScalePaging.Records;

/// <summary>
/// What the engine must know about the records of a system: the fields for identity and time, the order, and the types of values. It is
/// stored with an export, so that its files can be checked without knowledge of the system.
/// </summary>
public sealed record RecordSchema
{
    private const int LongestName = 1_024;
    private const int LongestNoun = 40;

    /// <summary>The field at the top level that identifies a record; null when records have no identity.</summary>
    public string? IdentityField { get; init; }

    /// <summary>The field at the top level with the time of a record; null when records have none.</summary>
    public string? TimeField { get; init; }

    /// <summary>The field at the top level with the time at which the system received a record; null when there is none.</summary>
    public string? IngestField { get; init; }

    /// <summary>The format of both times.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>The order in which records are requested and kept.</summary>
    public RecordOrder Order { get; init; }

    /// <summary>The types of values.</summary>
    public RecordValues Values { get; init; }

    /// <summary>Name of a record in messages, in the singular: "event".</summary>
    public required string Noun { get; init; }

    /// <summary>The name in the plural: "events".</summary>
    internal string Nouns => Noun + "s";

    /// <summary>Refuses an invalid schema. It may come from an edited file.</summary>
    /// <exception cref="FormatException">The message says which value is wrong.</exception>
    internal void EnsureSound()
    {
        EnsureName(IdentityField, "identity field");
        EnsureName(TimeField, "time field");
        EnsureName(IngestField, "ingest field");
        if (Same(IdentityField, TimeField) || Same(IdentityField, IngestField) || Same(TimeField, IngestField))
            throw new FormatException("The schema uses one field for two purposes.");
        if (TimeUnit is not (TimeUnit.Milliseconds or TimeUnit.Nanoseconds or TimeUnit.Iso8601))
            throw new FormatException($"The time unit '{TimeUnit}' of the schema does not exist.");
        if (Order is not (RecordOrder.NewestFirst or RecordOrder.OldestFirst or RecordOrder.AsSent))
            throw new FormatException($"The order '{Order}' of the schema does not exist.");
        if (Values is not (RecordValues.Text or RecordValues.Json))
            throw new FormatException($"The values '{Values}' of the schema do not exist.");
        if (Noun is not { Length: > 0 and <= LongestNoun } || !Noun.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or ' ' or '-'))
            throw new FormatException("The noun of the schema is not valid.");
    }

    private static void EnsureName(string? name, string what)
    {
        if (name is null)
            return;
        if (name.Length is 0 or > LongestName)
            throw new FormatException(FormattableString.Invariant(
                $"The name of the {what} in the schema must have 1 to {LongestName:N0} characters."));
        if (!IsUnicode(name))
            throw new FormatException($"The name of the {what} in the schema is not valid Unicode: '{Printable.Line(name)}'.");
    }

    private static bool IsUnicode(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    private static bool Same(string? a, string? b) => a is not null && string.Equals(a, b, StringComparison.Ordinal);
}
