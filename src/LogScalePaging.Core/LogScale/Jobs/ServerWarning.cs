namespace LogScalePaging.LogScale.Jobs;

/// <summary>Finds out which warnings of a server mean that a result is incomplete.</summary>
internal static class ServerWarning
{
    private static readonly string[] s_signs = ["partial", "incomplete", "skip", "missing", "unavailable", "timed out", "timeout", "limit",
        "truncate", "discard", "not included", "exceed", "too many"];

    /// <summary>True if the words of a warning question the result, or are not clear.</summary>
    public static bool QuestionsResult(string warning) => Array.Exists(s_signs, warning.ToLowerInvariant().Contains);
}
