namespace LogScalePaging.Events;

/// <summary>Names that differ only in case: different for LogScale, equal for PowerShell.</summary>
internal sealed class FieldGroup
{
    /// <summary>Number of the last event that had a field of this group.</summary>
    public long LastEvent { get; set; }
}
