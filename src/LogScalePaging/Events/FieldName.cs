namespace LogScalePaging.Events;

/// <summary>A field's name, decoded once for all events of a run.</summary>
internal sealed class FieldName(byte[] raw, string text, FieldGroup group, int slot, bool isTime)
{
    /// <summary>The name as it is written in the events, with JSON escapes.</summary>
    public byte[] Raw { get; } = raw;

    /// <summary>The name.</summary>
    public string Text { get; } = text;

    /// <summary>The names that are equal to this one for PowerShell.</summary>
    public FieldGroup Group { get; } = group;

    /// <summary>True once a record has a value in it; only for requested fields.</summary>
    public bool IsFilled { get; set; }

    /// <summary>Index of the requested field; -1 if it is not requested.</summary>
    public int Slot { get; } = slot;

    /// <summary>True for the time of the record.</summary>
    public bool IsTime { get; } = isTime;

    /// <summary>The name that followed this one the last time, because events of one kind have their fields in one order.</summary>
    public FieldName? Successor { get; set; }
}
