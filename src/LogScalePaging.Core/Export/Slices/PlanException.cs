namespace LogScalePaging.Export.Slices;

/// <summary>
/// A plan does not fit: it was edited, belongs to another version or server, or a slice on disk is not one of its slices. Another try
/// cannot help.
/// </summary>
/// <param name="message">For a person. It names the slices.</param>
/// <param name="inner">The cause.</param>
public sealed class PlanException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The indexes of the slices at fault; empty if the fault is in the plan itself.</summary>
    public IReadOnlyList<int> Slices { get; init; } = [];
}
