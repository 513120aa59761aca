namespace LogScalePaging.Simulator;

/// <summary>The form of Axiom's answers.</summary>
public enum AxiomFormat
{
    /// <summary>The requested form.</summary>
    AsAsked,

    /// <summary>Always a table by columns.</summary>
    Tabular,

    /// <summary>Always a list of events.</summary>
    Legacy,
}
