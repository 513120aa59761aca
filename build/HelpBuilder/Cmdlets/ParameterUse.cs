namespace LogScalePaging.HelpBuilder.Cmdlets;

/// <summary>How a parameter is given in a parameter set.</summary>
/// <param name="IsRequired">Whether the set requires it.</param>
/// <param name="Position">Position from 0; null for a named parameter.</param>
/// <param name="ByValue">Whether it takes objects of the pipeline.</param>
/// <param name="ByPropertyName">Whether it takes properties of these objects.</param>
internal sealed record ParameterUse(bool IsRequired, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>What it takes from the pipeline, as help shows it: "ByValue, ByPropertyName". Empty for nothing.</summary>
    public string Pipeline => (ByValue, ByPropertyName) switch
    {
        (true, true) => "ByValue, ByPropertyName",
        (true, false) => "ByValue",
        (false, true) => "ByPropertyName",
        _ => "",
    };
}
