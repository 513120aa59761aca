namespace LogScalePaging.Events;

/// <summary>A field's name, decoded once for all events of a run.</summary>
internal sealed class FieldName(byte[] raw, string text, FieldGroup group, int slot, bool isTime)
{
    /// <summary>The name as it stands in the events, JSON escapes included.</summary>
    public byte[] Raw { get; } = raw;

    /// <summary>The name.</summary>
    public string Text { get; } = text;

    /// <summary>The names that PowerShell cannot tell from this one.</summary>
    public FieldGroup Group { get; } = group;

    /// <summary>Which of the fields asked for this is; -1 for none.</summary>
    public int Slot { get; } = slot;

    /// <summary>True for the time of the record.</summary>
    public bool IsTime { get; } = isTime;

    /// <summary>The name that followed this one the last time: events of one kind have their fields in one order.</summary>
    public FieldName? Successor { get; set; }
}
