namespace LogScalePaging.LogScale.Jobs;

/// <summary>Tells the warnings that say that a result is less than what matches from those that do not.</summary>
internal static class ServerWarning
{
    private static readonly string[] s_signs = ["partial", "incomplete", "skip", "missing", "unavailable", "timed out", "timeout", "limit", "truncate", "discard", "not included", "exceed", "too many"];

    /// <summary>True when the words of a warning question the result. In doubt they do.</summary>
    public static bool QuestionsResult(string warning) => Array.Exists(s_signs, warning.ToLowerInvariant().Contains);
}
