using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Events;

/// <summary>Which of the requested fields had a value in any record, as an export says it of its file.</summary>
internal sealed class FilledEntries(FieldFilter filter)
{
    private readonly bool[] _filled = new bool[filter.Entries.Count];

    /// <summary>Takes the value of a field.</summary>
    public void Add(FieldName name, ReadOnlySpan<byte> value)
    {
        if (name.IsFilled || value.SequenceEqual("\"\""u8))
            return;
        name.IsFilled = true;
        for (var i = 0; i < _filled.Length; i++)
            _filled[i] |= filter.Entries[i].Matches(name.Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Warns about the fields without a value.</summary>
    public void Report(SignalLog signals) =>
        FormatWarnings.EmptyProperties([.. filter.Entries.Where((_, i) => !_filled[i]).Select(e => e.Written)], signals);
}
