namespace LogScalePaging.Events;

/// <summary>
/// Type names of the records of systems other than LogScale. <see cref="ConnectableSystem.TypeNameOf"/> chooses one of them.
/// </summary>
internal static class RecordTypes
{
    /// <summary>An event of a dataset of Axiom.</summary>
    public const string AxiomEvent = "LogScalePaging.AxiomEvent";

    /// <summary>A record of Falcon's REST API.</summary>
    public const string FalconRecord = "LogScalePaging.FalconRecord";

    /// <summary>A record of a collection of Tanium.</summary>
    public const string TaniumRecord = "LogScalePaging.TaniumRecord";
}
