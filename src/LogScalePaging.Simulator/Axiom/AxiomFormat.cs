namespace LogScalePaging.Simulator;

/// <summary>The form of Axiom's answers.</summary>
public enum AxiomFormat
{
    /// <summary>What the request asks for.</summary>
    AsAsked,

    /// <summary>A table by columns, whatever is asked for.</summary>
    Tabular,

    /// <summary>A list of events, whatever is asked for.</summary>
    Legacy,
}
