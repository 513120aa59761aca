namespace LogScalePaging.Simulator;

/// <summary>What an <c>around</c> job says in <c>extraData.hasMoreEvents</c>. No public recording shows it.</summary>
public enum AroundHasMoreMode
{
    /// <summary>"true" only if more matching events exist beyond the returned ones.</summary>
    Honest,

    /// <summary>Always "false".</summary>
    AlwaysFalse,

    /// <summary>The field is missing.</summary>
    Absent,
}
