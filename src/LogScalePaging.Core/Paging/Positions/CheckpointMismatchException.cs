namespace LogScalePaging.Paging.Positions;

/// <summary>A checkpoint belongs to another query, range, server or version than the walk that wants to continue from it.</summary>
/// <param name="what">What differs, in words.</param>
/// <param name="saved">The value in the checkpoint.</param>
/// <param name="asked">The value of this run.</param>
/// <param name="message">The message; null for the one about a checkpoint.</param>
public sealed class CheckpointMismatchException(string what, string saved, string asked, string? message = null)
    : Exception(
        message ?? $"The checkpoint belongs to another run: its {what} is '{saved}', but this run has '{asked}'. Use the same {what} to "
        + "resume, or use -Force (--force) to start again.")
{
    /// <summary>What differs, in words.</summary>
    public string What { get; } = what;

    /// <summary>The value in the checkpoint.</summary>
    public string Saved { get; } = saved;

    /// <summary>The value of this run.</summary>
    public string Asked { get; } = asked;
}
