namespace LogScalePaging.Events;

/// <summary>Field names that differ only in case. For LogScale they are different fields, for PowerShell the same one.</summary>
internal sealed class FieldGroup
{
    /// <summary>Number of the last event that had a field of this group.</summary>
    public long LastEvent { get; set; }
}
