namespace LogScalePaging.Simulator;

/// <summary>What an <c>around</c> job says in <c>extraData.hasMoreEvents</c>. No public recording shows it.</summary>
public enum AroundHasMoreMode
{
    /// <summary>"true" exactly if more matching events lie beyond those that were returned.</summary>
    Honest,

    /// <summary>"false", whatever lies beyond.</summary>
    AlwaysFalse,

    /// <summary>The field is missing.</summary>
    Absent,
}
