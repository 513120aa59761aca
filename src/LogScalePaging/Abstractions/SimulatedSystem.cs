namespace LogScalePaging;

/// <summary>The systems that <c>Start-LogScaleSimulator</c> simulates.</summary>
public enum SimulatedSystem
{
    /// <summary>LogScale, or NG-SIEM with <c>-Gateway</c>.</summary>
    LogScale,
    /// <summary>The Falcon gateway, with its REST API and NG-SIEM.</summary>
    Falcon,
    /// <summary>Axiom.</summary>
    Axiom,
    /// <summary>The API Gateway of Tanium.</summary>
    Tanium,
}
