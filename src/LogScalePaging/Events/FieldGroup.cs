namespace LogScalePaging.Events;

/// <summary>Names that differ in case only: two for LogScale, one for PowerShell.</summary>
internal sealed class FieldGroup
{
    /// <summary>Number of the last event that had a field of this group.</summary>
    public long LastEvent { get; set; }
}
